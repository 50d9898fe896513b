-- An invented teacher, and an account that a register declares, that bears the name and speaks of the work.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, job_title, x_account, youtube_account
)
values (
    $run_id,
    'canary',
    'staff',
    'canary-staff',
    'Drillwyn',
    'Stafferly',
    'Teacher of Drill',
    case when $platform = 'x' then 'canary-staff-account' end,
    case when $platform = 'youtube' then 'canary-staff-account' end
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-staff-account',
    'canary_staff',
    'Drillwyn Stafferly',
    'Teacher of Drill',
    false
);

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-staff-account', 'follower');
