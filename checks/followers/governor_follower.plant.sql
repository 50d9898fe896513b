-- An invented governor, and an account that a register declares, that bears the name and speaks of governing.
insert into raw.people by name
from canary_person(
    'governors',
    'drill-governor-follower-person',
    'Governerly',
    actor_id := 'drill-governor-follower'
);

insert into raw.profiles by name
from canary_profile(
    'drill-governor-follower',
    'drill_governor',
    'Drillwyn Governerly',
    bio := 'School governor'
);

insert into raw.follows by name
from canary_follow('drill-governor-follower');
