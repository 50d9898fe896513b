-- Invented former pupils, children and one who is eighteen today; beside them a namesake, a parent, and one who left.
insert into raw.people by name
from canary_people(
    'leavers',
    [
        ['canary-leaver-follower-by-id', 'Leaveerly', 'canary-leaver-follower-by-id'],
        ['canary-leaver-follower-by-handle', 'Leavewick', '@canary_leaver_follower_by_handle'],
        ['canary-leaver-follower-by-name', 'Leaveworthy', null],
        ['canary-leaver-follower-left', 'Leaveham', 'canary-leaver-follower-left']
    ],
    date_of_birth := canary_day() - to_years(16),
    year_group := '11'
);

insert into raw.people by name
from canary_people('parents', [['canary-leaver-follower-other', 'Leaveborough', 'canary-leaver-follower-other']]);

insert into raw.people by name
from canary_people(
    'leavers',
    [['canary-leaver-follower-of-16', 'Sixteenly', 'canary-leaver-follower-of-16']],
    date_of_birth := canary_day() - to_years(16) - to_days(100)
);

insert into raw.people by name
from canary_people(
    'leavers',
    [['canary-leaver-follower-of-17', 'Seventeenly', 'canary-leaver-follower-of-17']],
    date_of_birth := canary_day() - to_years(18) + to_days(2)
);

insert into raw.people by name
from canary_people(
    'leavers',
    [['canary-leaver-follower-of-18', 'Eighteenly', 'canary-leaver-follower-of-18']],
    date_of_birth := canary_day() - to_years(18)
);

insert into raw.people by name
from canary_people(
    'leavers',
    [['canary-leaver-follower-ageless', 'Agelessly', 'canary-leaver-follower-ageless']]
);

insert into raw.people by name
from canary_people(
    'leavers',
    [['canary-leaver-follower-long-ago', 'Agoerly', 'canary-leaver-follower-long-ago']],
    left_on := canary_day() - to_years(19)
);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-leaver-follower-by-id', 'Quietly', null],
        ['canary-leaver-follower-by-handle', 'Quietly', null],
        ['canary-leaver-follower-by-name', 'Drillwyn Leaveworthy', 'Former pupil of Drillhaven School, Year 11'],
        ['canary-leaver-follower-namesake', 'Quenby Leaveworthy', 'Former pupil of Drillhaven School, Year 11'],
        ['canary-leaver-follower-other', 'Quietly', null],
        ['canary-leaver-follower-left', 'Quietly', null],
        ['canary-leaver-follower-of-16', 'Quietly', null],
        ['canary-leaver-follower-of-17', 'Quietly', null],
        ['canary-leaver-follower-of-18', 'Quietly', null],
        ['canary-leaver-follower-ageless', 'Quietly', null],
        ['canary-leaver-follower-long-ago', 'Quietly', null]
    ]
);

insert into raw.follows by name
from canary_follows(
    [
        'canary-leaver-follower-by-id',
        'canary-leaver-follower-by-handle',
        'canary-leaver-follower-by-name',
        'canary-leaver-follower-namesake',
        'canary-leaver-follower-other',
        'canary-leaver-follower-of-16',
        'canary-leaver-follower-of-17',
        'canary-leaver-follower-of-18',
        'canary-leaver-follower-ageless',
        'canary-leaver-follower-long-ago'
    ]
);

insert into raw.follows by name
from canary_followed(['canary-leaver-follower-left']);

insert into raw.proofs by name
from canary_gone(['canary-leaver-follower-left']);
