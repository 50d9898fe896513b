-- An invented governor, and an account that a register declares, that bears the name and speaks of governing.
insert into raw.people by name
from canary_person(
    'governors',
    'canary-governor-follower-person',
    'Governerly',
    actor_id := 'canary-governor-follower'
);

insert into raw.profiles by name
from canary_profile(
    'canary-governor-follower',
    'canary_governor',
    'Drillwyn Governerly',
    bio := 'School governor'
);

insert into raw.follows by name
from canary_follow('canary-governor-follower');
