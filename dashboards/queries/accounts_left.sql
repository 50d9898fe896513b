-- Each official account that the run does not read, and that the run before it read or a case is open about.
with previous as (
    select max(earlier.as_of) as as_of
    from published.runs as earlier
    inner join published.runs as this on earlier.as_of < this.as_of
    where this.run_id = $run_id
)

select
    accounts.platform,
    accounts.handle
from published.official_accounts as accounts
inner join published.runs as runs using (run_id)
where
    accounts.run_id = $run_id
    and accounts.last_seen < runs.as_of
    and (
        accounts.last_seen = (select previous.as_of from previous)
        or exists (
            select 1
            from published.exceptions as cases
            where
                cases.run_id = accounts.run_id
                and cases.platform = accounts.platform
                and cases.account_id = accounts.account_id
                and cases.is_open
        )
    )
order by accounts.platform, accounts.handle
