-- An invented follower on no register, whose bio says that its owner is five.
insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded)
values (
    $run_id,
    'canary',
    $platform,
    'canary-underage-follower',
    'canary_underage',
    'Drillwyn Youngerly',
    'I am 5 years old',
    false
);

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-underage-follower', 'follower');
