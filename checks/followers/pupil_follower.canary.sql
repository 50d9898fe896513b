-- Invented pupils whose accounts are declared or bear the name; beside them a namesake, a parent, and one who left.
insert into raw.people by name
from canary_people(
    'pupils',
    [
        ['canary-pupil-follower-by-id', 'Planterly', 'canary-pupil-follower-by-id'],
        ['canary-pupil-follower-by-handle', 'Plantwick', '@canary_pupil_follower_by_handle'],
        ['canary-pupil-follower-by-name', 'Plantworthy', null],
        ['canary-pupil-follower-left', 'Plantham', 'canary-pupil-follower-left']
    ],
    year_group := '8'
);

insert into raw.people by name
from canary_people('parents', [['canary-pupil-follower-other', 'Plantborough', 'canary-pupil-follower-other']]);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-pupil-follower-by-id', 'Quietly', null],
        ['canary-pupil-follower-by-handle', 'Quietly', null],
        ['canary-pupil-follower-by-name', 'Drillwyn Plantworthy', 'Year 8 at Drillhaven School'],
        ['canary-pupil-follower-namesake', 'Quenby Plantworthy', 'Year 8 at Drillhaven School'],
        ['canary-pupil-follower-other', 'Quietly', null],
        ['canary-pupil-follower-left', 'Quietly', null]
    ]
);

insert into raw.follows by name
from canary_follows(
    [
        'canary-pupil-follower-by-id',
        'canary-pupil-follower-by-handle',
        'canary-pupil-follower-by-name',
        'canary-pupil-follower-namesake',
        'canary-pupil-follower-other'
    ]
);

insert into raw.follows by name
from canary_followed(['canary-pupil-follower-left']);

insert into raw.proofs by name
from canary_gone(['canary-pupil-follower-left']);
