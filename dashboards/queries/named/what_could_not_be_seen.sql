-- title: What could not be seen, and since when
-- notes: Each check that could not tell for an account in the newest run, why, what to do, and the last run that saw all of it.
with whole as (
    select
        check_id,
        platform,
        account_id,
        max(run_id) as last_whole_run
    from published.sight
    where is_enough
    group by check_id, platform, account_id
)

select
    sight.check_id,
    sight.platform,
    sight.account_handle,
    sight.platform_count,
    sight.fetched,
    sight.judged,
    sight.why,
    sight.what_to_do,
    coalesce(whole.last_whole_run, 'never') as last_seen_whole_in
from published.sight as sight
left join whole
    on sight.check_id = whole.check_id and sight.platform = whole.platform and sight.account_id = whole.account_id
where sight.run_id = (select max(run_id) from published.runs) and not coalesce(sight.is_enough, false)
union all
select
    coverage.check_id,
    null,
    null,
    coverage.platform_count,
    coverage.fetched,
    coverage.judged,
    coverage.why,
    null,
    coalesce(
        (
            select max(earlier.run_id)
            from published.coverage as earlier
            where earlier.check_id = coverage.check_id and earlier.verdict in ('kept', 'exceptions')
        ), 'never'
    )
from published.coverage as coverage
where coverage.run_id = (select max(run_id) from published.runs) and coverage.verdict = 'could_not_tell'
order by check_id, platform
