-- Invented pupils who write to the school; beside them a namesake, a parent, and one who only follows.
insert into raw.people by name
from canary_people(
    'pupils',
    [
        ['canary-pupil-comment-declared', 'Replyerly', 'canary-pupil-comment-declared'],
        ['canary-pupil-comment-reply', 'Replyby', 'canary-pupil-comment-reply'],
        ['canary-pupil-comment-mention', 'Replyham', 'canary-pupil-comment-mention'],
        ['canary-pupil-comment-quote', 'Replywick', 'canary-pupil-comment-quote'],
        ['canary-pupil-comment-by-name', 'Replyworthy', null],
        ['canary-pupil-comment-silent', 'Replyton', 'canary-pupil-comment-silent']
    ],
    year_group := '8'
);

insert into raw.people by name
from canary_people('parents', [['canary-pupil-comment-parent', 'Replyborough', 'canary-pupil-comment-parent']]);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-pupil-comment-by-name', 'Drillwyn Replyworthy', 'Year 8 at Drillhaven School'],
        ['canary-pupil-comment-namesake', 'Quenby Replyworthy', 'Year 8 at Drillhaven School']
    ]
);

insert into raw.comments by name
from canary_comments(
    [
        ['canary-pupil-comment-comment-1', 'canary-pupil-comment-declared', 'Drill'],
        ['canary-pupil-comment-comment-2', 'canary-pupil-comment-by-name', 'Drill'],
        ['canary-pupil-comment-comment-3', 'canary-pupil-comment-namesake', 'Drill'],
        ['canary-pupil-comment-comment-4', 'canary-pupil-comment-parent', 'Drill']
    ]
);

insert into raw.comments by name
from canary_comments([['canary-pupil-comment-comment-reply', 'canary-pupil-comment-reply', 'Drill']], kind := 'reply');

insert into raw.comments by name
from canary_comments(
    [['canary-pupil-comment-comment-mention', 'canary-pupil-comment-mention', 'Drill']],
    kind := 'mention'
);

insert into raw.comments by name
from canary_comments([['canary-pupil-comment-comment-quote', 'canary-pupil-comment-quote', 'Drill']], kind := 'quote');

insert into raw.follows by name
from canary_follows(['canary-pupil-comment-silent']);
