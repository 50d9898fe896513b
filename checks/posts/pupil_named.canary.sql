-- Invented posts that name invented pupils in full, by each name that the register has and in each part of a post;
-- beside them a given name alone, and a teacher's.
insert into raw.people by name
from canary_people(
    'pupils',
    [['canary-pupil-named', 'Postworthy', null], ['canary-pupil-named-shared', 'Sharedly', null]],
    given_names := 'Drillmere',
    year_group := '6'
);

insert into raw.people by name
select
    *,
    'Drillkin' as known_as
from canary_people('pupils', [['canary-pupil-named-known', 'Calledly', null]], given_names := 'Drillwina');

insert into raw.people by name
from canary_people('parents', [['canary-pupil-named-parent', 'Sharedly', null]], given_names := 'Drillmere');

insert into raw.people by name
from canary_people('staff', [['canary-pupil-named-staff', 'Lessonly', null]], given_names := 'Drillmere');

insert into raw.posts by name
from canary_posts(
    [
        ['canary-pupil-named-text', 'Well done to Drillmere Postworthy of Year 6.'],
        ['canary-pupil-named-known-as', 'Well done to Drillkin Calledly of Year 6.'],
        ['canary-pupil-named-by-two', 'Well done to Drillmere Sharedly of Year 6.'],
        ['canary-pupil-named-pictured', 'Well done to Drillmere Postworthy.'],
        ['canary-pupil-named-described', 'Drill'],
        ['canary-pupil-named-given', 'Well done to Drillmere of Year 6.'],
        ['canary-pupil-named-teacher', 'Well done to Drillmere Lessonly.']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-pupil-named-title', 'Drill']], title := 'Drillmere Postworthy sings');

insert into raw.posts by name
from canary_posts([['canary-pupil-named-repost', 'Well done to Drillmere Postworthy.']], kind := 'repost');

insert into raw.media by name
from canary_media([['canary-pupil-named-pictured', 'canary-pupil-named-picture-1']]);

insert into raw.media by name
from canary_media(
    [['canary-pupil-named-described', 'canary-pupil-named-picture-2']],
    alt_text := 'Drillmere Postworthy on the stage'
);
