-- An invented governor, and an account that a register declares, that bears the name and speaks of governing.
insert into raw.people (run_id, source, register, person_id, given_names, surname, x_account, youtube_account)
values (
    $run_id,
    'canary',
    'governors',
    'canary-governor-follower-person',
    'Drillwyn',
    'Governerly',
    case when $platform = 'x' then 'canary-governor-follower' end,
    case when $platform = 'youtube' then 'canary-governor-follower' end
);

insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded)
values (
    $run_id,
    'canary',
    $platform,
    'canary-governor-follower',
    'canary_governor',
    'Drillwyn Governerly',
    'School governor',
    false
);

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-governor-follower', 'follower');
