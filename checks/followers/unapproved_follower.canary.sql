-- The official account as a protected one, and a follower whom no register declares.
insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, is_protected, counts_are_rounded
)
values
($run_id, 'canary', $platform, $account_id, 'canary_official', 'Drillwyn Nobodyly', true, false),
($run_id, 'canary', $platform, 'canary-unapproved-follower', 'canary_unapproved', 'Drillwyn Unknownly', null, false)
on conflict do nothing;

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-unapproved-follower', 'follower');
