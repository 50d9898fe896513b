-- Invented teachers whose accounts are declared or bear the name; beside them a namesake, a parent, and one who left.
insert into raw.people by name
from canary_people(
    'staff',
    [
        ['canary-staff-follower-by-id', 'Stafferly', 'canary-staff-follower-by-id'],
        ['canary-staff-follower-by-handle', 'Staffwick', '@canary_staff_follower_by_handle'],
        ['canary-staff-follower-by-name', 'Staffworthy', null],
        ['canary-staff-follower-left', 'Staffham', 'canary-staff-follower-left']
    ],
    job_title := 'Teacher of Drill'
);

insert into raw.people by name
from canary_people('parents', [['canary-staff-follower-other', 'Staffborough', 'canary-staff-follower-other']]);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-staff-follower-by-id', 'Quietly', null],
        ['canary-staff-follower-by-handle', 'Quietly', null],
        ['canary-staff-follower-by-name', 'Drillwyn Staffworthy', 'Teacher of Drill at Drillhaven School'],
        ['canary-staff-follower-namesake', 'Quenby Staffworthy', 'Teacher of Drill at Drillhaven School'],
        ['canary-staff-follower-other', 'Quietly', null],
        ['canary-staff-follower-left', 'Quietly', null]
    ]
);

insert into raw.follows by name
from canary_follows(
    [
        'canary-staff-follower-by-id',
        'canary-staff-follower-by-handle',
        'canary-staff-follower-by-name',
        'canary-staff-follower-namesake',
        'canary-staff-follower-other'
    ]
);

insert into raw.follows by name
from canary_followed(['canary-staff-follower-left']);

insert into raw.proofs by name
from canary_gone(['canary-staff-follower-left']);
