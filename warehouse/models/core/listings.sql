-- How each listing of the run at hand ended.
select
    listings.platform,
    listings.account_id,
    listings.listing,
    listings.rows,
    listings.platform_count,
    listings.is_whole,
    listings.stopped
from raw.listings as listings
inner join core.audit on listings.run_id = audit.run_id
