-- A list of followers or followed that was read whole is about as long as in the four whole weeks before.
with whole as (
    select
        walks.platform,
        walks.account_id,
        walks.walk,
        walks.rows,
        runs.as_of
    from raw.walks as walks
    inner join raw.runs as runs on walks.run_id = runs.run_id
    where walks.is_whole and walks.walk in ('followers', 'following')
),

beside as (
    select
        *,
        median(rows) over (
            partition by platform, account_id, walk order by as_of rows between 4 preceding and 1 preceding
        ) as usual_rows
    from whole
)

select
    beside.platform,
    beside.walk,
    beside.rows / beside.usual_rows as share
from beside
inner join core.audit on beside.as_of = audit.as_of
where beside.usual_rows >= 20
