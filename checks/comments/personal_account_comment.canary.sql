-- An invented teacher, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people by name
from canary_person(
    'staff',
    'canary-personal-account-comment',
    'Remarkerly',
    job_title := 'Teacher of Drill',
    actor_id := 'canary-personal-account-comment-account'
);

insert into raw.profiles by name
from canary_profile(
    'canary-personal-account-comment-account',
    'canary_remark',
    'Drillwyn Remarkerly',
    bio := 'Teacher of Drill'
);

insert into raw.comments by name
from canary_comment(
    'canary-personal-account-comment-comment',
    'canary-personal-account-comment-account',
    'Drill'
);
