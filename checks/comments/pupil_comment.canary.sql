-- An invented pupil, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people by name
from canary_person(
    'pupils',
    'canary-pupil-comment',
    'Replywick',
    year_group := '8',
    actor_id := 'canary-pupil-comment-account'
);

insert into raw.profiles by name
from canary_profile(
    'canary-pupil-comment-account',
    'canary_reply',
    'Drillwyn Replywick',
    bio := 'Year 8'
);

insert into raw.comments by name
from canary_comment('canary-pupil-comment-comment', 'canary-pupil-comment-account', 'Drill');
