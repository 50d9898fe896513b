-- An invented teacher, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people by name
from canary_person(
    'staff',
    'drill-personal-account-comment',
    'Remarkerly',
    job_title := 'Teacher of Drill',
    actor_id := 'drill-personal-account-comment-account'
);

insert into raw.profiles by name
from canary_profile(
    'drill-personal-account-comment-account',
    'drill_remark',
    'Drillwyn Remarkerly',
    bio := 'Teacher of Drill'
);

insert into raw.comments by name
from canary_comment(
    'drill-personal-account-comment-comment',
    'drill-personal-account-comment-account',
    'Drill'
);
