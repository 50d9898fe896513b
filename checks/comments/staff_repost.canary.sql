-- An invented teacher, and an account that a register declares, that bears the name, and that reposts a picture.
insert into raw.people by name
from canary_person(
    'staff',
    'canary-staff-repost',
    'Echoerly',
    job_title := 'Teacher of Drill',
    actor_id := 'canary-staff-repost-account'
);

insert into raw.profiles by name
from canary_profile(
    'canary-staff-repost-account',
    'canary_echo',
    'Drillwyn Echoerly',
    bio := 'Teacher of Drill'
);

insert into raw.posts by name
from canary_post('canary-staff-repost-post', 'Drill');

insert into raw.media by name
from canary_medium('canary-staff-repost-post', 'canary-staff-repost-picture');

insert into raw.reposts (run_id, source, platform, account_id, post_id, actor_id)
values ($run_id, 'canary', $platform, $account_id, 'canary-staff-repost-post', 'canary-staff-repost-account');
