-- An invented pupil, and an account that a register declares, that bears the name and gives the year.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, year_group, x_account, youtube_account
)
values (
    $run_id,
    'canary',
    'pupils',
    'canary-pupil',
    'Drillwyn',
    'Planterly',
    '8',
    case when $platform = 'x' then 'canary-pupil-account' end,
    case when $platform = 'youtube' then 'canary-pupil-account' end
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-pupil-account',
    'canary_pupil',
    'Drillwyn Planterly',
    'Year 8',
    false
);

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-pupil-account', 'follower');
