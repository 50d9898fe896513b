-- Invented governors whose accounts are declared or bear the name; beside them a namesake, a parent, and one who left.
insert into raw.people by name
from canary_people(
    'governors',
    [
        ['canary-governor-follower-by-id', 'Governerly', 'canary-governor-follower-by-id'],
        ['canary-governor-follower-by-handle', 'Governwick', '@canary_governor_follower_by_handle'],
        ['canary-governor-follower-by-name', 'Governworthy', null],
        ['canary-governor-follower-left', 'Governham', 'canary-governor-follower-left']
    ]
);

insert into raw.people by name
from canary_people('parents', [['canary-governor-follower-other', 'Governborough', 'canary-governor-follower-other']]);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-governor-follower-by-id', 'Quietly', null],
        ['canary-governor-follower-by-handle', 'Quietly', null],
        ['canary-governor-follower-by-name', 'Drillwyn Governworthy', 'School governor at Drillhaven School'],
        ['canary-governor-follower-namesake', 'Quenby Governworthy', 'School governor at Drillhaven School'],
        ['canary-governor-follower-other', 'Quietly', null],
        ['canary-governor-follower-left', 'Quietly', null]
    ]
);

insert into raw.follows by name
from canary_follows(
    [
        'canary-governor-follower-by-id',
        'canary-governor-follower-by-handle',
        'canary-governor-follower-by-name',
        'canary-governor-follower-namesake',
        'canary-governor-follower-other'
    ]
);

insert into raw.follows by name
from canary_followed(['canary-governor-follower-left']);

insert into raw.proofs by name
from canary_gone(['canary-governor-follower-left']);
