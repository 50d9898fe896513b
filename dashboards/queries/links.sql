-- Which cases of the run say of the same account that it is the same person's.
select
    fingerprint,
    is_found,
    link
from published.links
where run_id = $run_id  -- noqa: RF02
order by fingerprint asc, link asc
