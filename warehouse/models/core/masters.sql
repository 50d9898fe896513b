-- What each approved master's own file showed in the run at hand.
select
    masters.photograph_id,
    masters.file_name,
    masters.sha256,
    masters.pdq,
    masters.pdq_quality,
    masters.has_position,
    masters.problem,
    masters.nearest
from raw.masters as masters
inner join core.audit on masters.run_id = audit.run_id
