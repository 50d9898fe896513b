-- Accounts that an official account follows: one declared on each register, one of a pupil's name, and one of nobody's.
insert into raw.people by name
from canary_people(
    'pupils',
    [
        ['canary-following-person-pupil', 'Followerly', 'canary-following-person-pupil'],
        ['canary-following-person-by-name', 'Followworthy', null]
    ],
    given_names := 'Drillda',
    year_group := '8'
);

insert into raw.people by name
from canary_people('leavers', [['canary-following-person-leaver', 'Followham', 'canary-following-person-leaver']]);

insert into raw.people by name
from canary_people('parents', [['canary-following-person-parent', 'Followby', 'canary-following-person-parent']]);

insert into raw.people by name
from canary_people('staff', [['canary-following-person-staff', 'Followwick', 'canary-following-person-staff']]);

insert into raw.people by name
from canary_people(
    'governors',
    [['canary-following-person-governor', 'Followborough', 'canary-following-person-governor']]
);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-following-person-by-name', 'Drillda Followworthy', 'Year 8 at Drillhaven School'],
        ['canary-following-person-namesake', 'Quenby Followworthy', 'Year 8 at Drillhaven School']
    ]
);

insert into raw.follows by name
from canary_follows(
    [
        'canary-following-person-pupil',
        'canary-following-person-by-name',
        'canary-following-person-namesake',
        'canary-following-person-leaver',
        'canary-following-person-parent',
        'canary-following-person-staff',
        'canary-following-person-governor'
    ],
    direction := 'following'
);
