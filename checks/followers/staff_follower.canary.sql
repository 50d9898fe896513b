-- An invented teacher, and an account that a register declares, that bears the name and speaks of the work.
insert into raw.people by name
from canary_person(
    'staff',
    'canary-staff',
    'Stafferly',
    job_title := 'Teacher of Drill',
    actor_id := 'canary-staff-account'
);

insert into raw.profiles by name
from canary_profile(
    'canary-staff-account',
    'canary_staff',
    'Drillwyn Stafferly',
    bio := 'Teacher of Drill'
);

insert into raw.follows by name
from canary_follow('canary-staff-account');
