-- A list of followers or followed that was read whole is about as long as in the four whole weeks before.
with whole as (
    select
        listings.platform,
        listings.account_id,
        listings.listing,
        listings.rows,
        runs.as_of
    from raw.listings as listings
    inner join raw.runs as runs on listings.run_id = runs.run_id
    where listings.is_whole and listings.listing in ('followers', 'following')
),

beside as (
    select
        *,
        median(rows) over (
            partition by platform, account_id, listing order by as_of rows between 4 preceding and 1 preceding
        ) as usual_rows
    from whole
)

select
    beside.platform,
    beside.listing,
    beside.rows / beside.usual_rows as share
from beside
inner join core.audit on beside.as_of = audit.as_of
where beside.usual_rows >= 20
