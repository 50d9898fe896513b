-- What each check could see in a run, and its verdict.
select
    check_id,
    check_title,
    verdict,
    platform_count,
    fetched,
    judged,
    why,
    unread
from published.coverage
where run_id = $run_id
order by check_id asc
