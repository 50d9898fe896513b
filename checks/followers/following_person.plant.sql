-- Four invented people of one name, one on each register, who all declare the account; it shows the pupil's year.
insert into raw.people by name
from canary_person(
    'pupils',
    'drill-following-person-pupils',
    'Followly',
    year_group := '8',
    actor_id := 'drill-following-person'
);

insert into raw.people by name
from canary_person(
    'leavers',
    'drill-following-person-leavers',
    'Followly',
    actor_id := 'drill-following-person'
);

insert into raw.people by name
from canary_person(
    'parents',
    'drill-following-person-parents',
    'Followly',
    actor_id := 'drill-following-person'
);

insert into raw.people by name
from canary_person(
    'staff',
    'drill-following-person-staff',
    'Followly',
    actor_id := 'drill-following-person'
);

insert into raw.profiles by name
from canary_profile('drill-following-person', 'drill_followed', 'Drillwyn Followly', bio := 'Year 8');

insert into raw.follows by name
from canary_follow('drill-following-person', direction := 'following');
