-- One row per run and kind of finding that nobody calls mistaken now, and nobody allowed at the time.
select distinct
    runs.as_of,
    exceptions.check_id,
    exceptions.check_title,
    exceptions.platform,
    exceptions.concerns,
    exceptions.evidence
from published.exceptions as exceptions
inner join published.runs as runs on exceptions.run_id = runs.run_id
where
    exceptions.is_seen_this_run
    and exceptions.is_open
    and exceptions.fingerprint not in (
        select fingerprint
        from (
            select
                fingerprint,
                decision
            from published.exceptions
            qualify row_number() over (partition by fingerprint order by run_id desc) = 1
        )
        where decision = 'mistaken'
    )
order by runs.as_of, exceptions.check_id
