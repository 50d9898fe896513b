-- Every official account of each run and of those before it, by the newest of them that read it.
select
    runs.run_id,
    accounts.platform,
    accounts.account_id,
    arg_max(accounts.handle, earlier.as_of) as handle,
    max(earlier.as_of) as last_seen
from raw.runs as runs
inner join raw.runs as earlier on runs.as_of >= earlier.as_of
inner join raw.official_accounts as accounts on earlier.run_id = accounts.run_id
group by all
