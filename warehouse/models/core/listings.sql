-- How each listing of the run at hand ended, without what was left out of it because it is an erased account's.
select
    listings.platform,
    listings.account_id,
    listings.listing,
    listings.rows - coalesce(left_out.accounts, 0) as rows,
    greatest(listings.platform_count - coalesce(left_out.accounts, 0), 0) as platform_count,
    listings.is_whole,
    listings.stopped
from raw.listings as listings
inner join core.audit on listings.run_id = audit.run_id
left join raw.left_out as left_out
    on
        listings.run_id = left_out.run_id
        and listings.source = left_out.source
        and listings.platform = left_out.platform
        and listings.account_id = left_out.account_id
        and listings.listing = left_out.listing
