-- A follower on no register of accounts who bears the school's own name.
insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, counts_are_rounded)
select
    run_id,
    'drill' as source,
    $platform,
    'drill-lookalike-account' as account_id,
    'drill_lookalike' as handle,
    school_name as display_name,
    false as counts_are_rounded
from raw.runs
where run_id = $run_id;

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'drill', $platform, $account_id, 'drill-lookalike-account', 'follower');
