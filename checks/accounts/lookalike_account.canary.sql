-- A follower on no register of accounts who bears the school's own name.
insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, counts_are_rounded)
select
    run_id,
    'canary' as source,
    $platform,
    'canary-lookalike-account' as account_id,
    'canary_lookalike' as handle,
    school_name as display_name,
    false as counts_are_rounded
from raw.runs
where run_id = $run_id;

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-lookalike-account', 'follower');
