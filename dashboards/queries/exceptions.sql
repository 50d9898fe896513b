-- Every exception that the reader may see (all when $concerns is null); a name only where it is confirmed.
-- The record that takes them names the columns.
select * replace (case when decision = 'confirmed' then confirmed_name end as confirmed_name)  -- noqa: AM04
from published.exceptions
where
    run_id = $run_id
    and (cast($concerns as text[]) is null or list_contains($concerns, concerns))
order by fingerprint asc
