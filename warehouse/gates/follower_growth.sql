-- A follower list that was walked whole has neither halved nor doubled since it was last walked whole.
with whole as (
    select
        walks.platform,
        walks.account_id,
        walks.rows,
        runs.as_of
    from raw.walks as walks
    inner join raw.runs as runs on walks.run_id = runs.run_id
    where walks.is_whole and walks.walk = 'followers'
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
