-- The day of the newest run, when it began, and whether it saw and judged every picture on the official accounts.
with newest as (
    select
        run_id,
        as_of,
        started_at
    from published.runs
    order by as_of desc
    limit 1
),

coverage as (
    select bool_and(sight.is_whole and sight.judged = sight.fetched) as is_whole
    from published.sight as sight
    inner join newest on sight.run_id = newest.run_id
    where sight.check_id in ('withdrawn_picture', 'unapproved_picture')
),

failed as (
    select count(*) as quality_checks
    from published.quality as quality
    inner join newest on quality.run_id = newest.run_id
    where not quality.is_passed and list_contains(string_split(quality.populations, ', '), 'core.picture_sight')
)

select
    newest.as_of as day,
    coalesce(coverage.is_whole, false) and failed.quality_checks = 0 as is_whole,
    epoch_ms(newest.started_at) as began_ms
from newest
cross join coverage
cross join failed
