-- Four invented people of one name, one on each register, who all declare the account; it shows the pupil's year.
insert into raw.people by name
from canary_person(
    'pupils',
    'canary-following-person-pupils',
    'Followly',
    year_group := '8',
    actor_id := 'canary-following-person'
);

insert into raw.people by name
from canary_person(
    'leavers',
    'canary-following-person-leavers',
    'Followly',
    actor_id := 'canary-following-person'
);

insert into raw.people by name
from canary_person(
    'parents',
    'canary-following-person-parents',
    'Followly',
    actor_id := 'canary-following-person'
);

insert into raw.people by name
from canary_person(
    'staff',
    'canary-following-person-staff',
    'Followly',
    actor_id := 'canary-following-person'
);

insert into raw.profiles by name
from canary_profile('canary-following-person', 'canary_followed', 'Drillwyn Followly', bio := 'Year 8');

insert into raw.follows by name
from canary_follow('canary-following-person', direction := 'following');
