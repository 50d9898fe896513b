-- What each check could see in each run, in figures and in words, and its verdict.
select
    run_id,
    check_id,
    check_title,
    verdict,
    platform_count,
    fetched,
    judged,
    why,
    unread
from outcome.coverage
