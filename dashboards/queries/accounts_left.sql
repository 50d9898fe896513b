-- Each official account that the run does not read, and that is told as left.
select
    platform,
    handle
from published.official_accounts
where run_id = $run_id and is_left
order by platform, handle
