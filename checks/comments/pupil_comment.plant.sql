-- An invented pupil, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people by name
from canary_person(
    'pupils',
    'drill-pupil-comment',
    'Replywick',
    year_group := '8',
    actor_id := 'drill-pupil-comment-account'
);

insert into raw.profiles by name
from canary_profile(
    'drill-pupil-comment-account',
    'drill_reply',
    'Drillwyn Replywick',
    bio := 'Year 8'
);

insert into raw.comments by name
from canary_comment('drill-pupil-comment-comment', 'drill-pupil-comment-account', 'Drill');
