-- How many lines and texts of erased accounts the run at hand left out of each list.
select
    left_out.platform,
    left_out.account_id,
    left_out.listing,
    sum(left_out.accounts)::bigint as accounts
from raw.left_out as left_out
inner join core.audit on left_out.run_id = audit.run_id
group by left_out.platform, left_out.account_id, left_out.listing
