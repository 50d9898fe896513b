-- An invented teacher, and an account that a register declares, that bears the name, and that reposts a picture.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, job_title, x_account
)
values (
    $run_id,
    'canary',
    'staff',
    'canary-staff-repost',
    'Drillwyn',
    'Echoerly',
    'Teacher of Drill',
    'canary-staff-repost-account'
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-staff-repost-account',
    'canary_echo',
    'Drillwyn Echoerly',
    'Teacher of Drill',
    false
);

insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-staff-repost-post',
    'canary-staff-repost-post',
    'post',
    'Drill',
    'public'
);

insert into raw.media (
    run_id, source, platform, account_id, post_id, medium_id, kind
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-staff-repost-post',
    'canary-staff-repost-picture',
    'photo'
);

insert into raw.reposts (run_id, source, platform, account_id, post_id, actor_id)
values ($run_id, 'canary', $platform, $account_id, 'canary-staff-repost-post', 'canary-staff-repost-account');
