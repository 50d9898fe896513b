-- An invented teacher, and an account that a register declares, that bears the name, and that reposts a picture.
insert into raw.people by name
from canary_person(
    'staff',
    'drill-staff-repost',
    'Echoerly',
    job_title := 'Teacher of Drill',
    actor_id := 'drill-staff-repost-account'
);

insert into raw.profiles by name
from canary_profile(
    'drill-staff-repost-account',
    'drill_echo',
    'Drillwyn Echoerly',
    bio := 'Teacher of Drill'
);

insert into raw.posts by name
from canary_post('drill-staff-repost-post', 'Drill');

insert into raw.media by name
from canary_medium('drill-staff-repost-post', 'drill-staff-repost-picture');

insert into raw.reposts (run_id, source, platform, account_id, post_id, actor_id)
values ($run_id, 'drill', $platform, $account_id, 'drill-staff-repost-post', 'drill-staff-repost-account');
