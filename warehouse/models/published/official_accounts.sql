-- Every official account of each run and of those before it, by the newest of them that read it; what the run does not
-- read, and the published run before it or one of the last four weeks did, is told as left, whatever is open about it.
with dated as (
    select
        runs.run_id,
        runs.as_of,
        max(earlier.as_of) filter (where earlier.published_at is not null) as published_before
    from raw.runs as runs
    left join raw.runs as earlier on runs.as_of > earlier.as_of
    group by all
)

select
    dated.run_id,
    accounts.platform,
    accounts.account_id,
    arg_max(accounts.handle, earlier.as_of) as handle,
    max(earlier.as_of) as last_seen,
    last_seen < dated.as_of and last_seen >= least(dated.published_before, dated.as_of - 28) as is_left
from dated
inner join raw.runs as earlier on dated.as_of >= earlier.as_of
inner join raw.official_accounts as accounts on earlier.run_id = accounts.run_id
group by dated.run_id, dated.as_of, dated.published_before, accounts.platform, accounts.account_id
