-- Accounts that an official account answers, reposts, quotes or likes: declared on each register, known by name,
-- nobody's.
insert into raw.people by name
from canary_people(
    'pupils',
    [
        ['canary-official-interaction-pupil', 'Answererly', 'canary-official-interaction-pupil'],
        ['canary-official-interaction-by-name', 'Answerworthy', null]
    ],
    given_names := 'Drillda',
    year_group := '8'
);

insert into raw.people by name
from canary_people(
    'leavers',
    [['canary-official-interaction-leaver', 'Answerham', 'canary-official-interaction-leaver']]
);

insert into raw.people by name
from canary_people(
    'parents',
    [['canary-official-interaction-parent', 'Answerby', 'canary-official-interaction-parent']]
);

insert into raw.people by name
from canary_people('staff', [['canary-official-interaction-staff', 'Answerwick', 'canary-official-interaction-staff']]);

insert into raw.people by name
from canary_people(
    'governors',
    [['canary-official-interaction-governor', 'Answerborough', 'canary-official-interaction-governor']]
);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-official-interaction-by-name', 'Drillda Answerworthy', 'Year 8 at Drillhaven School'],
        ['canary-official-interaction-namesake', 'Quenby Answerworthy', 'Year 8 at Drillhaven School']
    ]
);

insert into raw.posts by name
from canary_posts(
    [
        ['canary-official-interaction-reply-1', 'Drill', 'canary-official-interaction-pupil'],
        ['canary-official-interaction-reply-2', 'Drill', 'canary-official-interaction-by-name'],
        ['canary-official-interaction-reply-3', 'Drill', 'canary-official-interaction-namesake'],
        ['canary-official-interaction-reply-4', 'Drill', 'canary-official-interaction-leaver'],
        ['canary-official-interaction-reply-5', 'Drill', 'canary-official-interaction-parent'],
        ['canary-official-interaction-reply-6', 'Drill', 'canary-official-interaction-governor']
    ],
    kind := 'reply'
);

insert into raw.posts by name
from canary_posts(
    [['canary-official-interaction-repost', 'Drill', null, 'canary-official-interaction-staff']],
    kind := 'repost'
);

insert into raw.posts by name
from canary_posts(
    [['canary-official-interaction-quote', 'Drill', null, 'canary-official-interaction-staff']],
    kind := 'quote'
);

insert into raw.posts by name
from canary_posts([['canary-official-interaction-post', 'Drill', 'canary-official-interaction-staff']]);

insert into raw.likes by name
select
    canary_place.*,
    'canary-official-interaction-like' as post_id,
    'canary-official-interaction-staff' as actor_id
from canary_place;
