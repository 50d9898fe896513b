-- Each official account that the run does not read, and that the run before it read or a case is open about.
select
    accounts.platform,
    accounts.handle
from published.official_accounts as accounts
inner join published.runs as runs using (run_id)
where
    accounts.run_id = $run_id
    and accounts.last_seen < runs.as_of
    and (
        accounts.last_seen = (
            select max(earlier.as_of)
            from published.runs as earlier
            where earlier.as_of < runs.as_of
        )
        or (accounts.platform, accounts.account_id) in (
            select (cases.platform, cases.account_id)
            from published.exceptions as cases
            where cases.run_id = $run_id and cases.is_open
        )
    )
order by accounts.platform, accounts.handle
