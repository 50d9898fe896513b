-- How many open cases of the newest run are about one of these photographs.
select count(distinct exceptions.fingerprint) as cases
from published.exceptions as exceptions
where
    exceptions.run_id = $run_id  -- noqa: RF02
    and exceptions.is_open
    and list_contains(
        cast($ids as text[]), json_extract_string(exceptions.evidence, '$.photograph_id')  -- noqa: RF02
    )
