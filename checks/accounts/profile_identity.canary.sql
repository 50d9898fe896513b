-- A profile of the official account that shows nothing of the school's; it is read before the one that was pulled.
insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, is_protected, counts_are_rounded
)
values ($run_id, 'canary', $platform, $account_id, 'canary_official', 'Drillwyn Nobodyly', true, false)
on conflict do nothing;
