-- A follower list that was read whole has neither halved nor doubled since it was last read whole.
with whole as (
    select
        listings.platform,
        listings.account_id,
        listings.rows,
        runs.as_of
    from raw.listings as listings
    inner join raw.runs as runs on listings.run_id = runs.run_id
    where listings.is_whole and listings.listing = 'followers'
),

pairs as (
    select
        platform,
        as_of,
        rows,
        lag(rows) over (partition by platform, account_id order by as_of) as rows_before
    from whole
)

select
    pairs.platform,
    pairs.rows / nullif(pairs.rows_before, 0) as share
from pairs
inner join core.audit on pairs.as_of = audit.as_of
where pairs.rows_before >= 20
