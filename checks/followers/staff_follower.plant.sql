-- An invented teacher, and an account that a register declares, that bears the name and speaks of the work.
insert into raw.people by name
from canary_person(
    'staff',
    'drill-staff',
    'Stafferly',
    job_title := 'Teacher of Drill',
    actor_id := 'drill-staff-account'
);

insert into raw.profiles by name
from canary_profile(
    'drill-staff-account',
    'drill_staff',
    'Drillwyn Stafferly',
    bio := 'Teacher of Drill'
);

insert into raw.follows by name
from canary_follow('drill-staff-account');
