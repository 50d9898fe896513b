select
    photographs.*,
    masters.sha256,
    runs.as_of
from raw.masters as masters
inner join raw.photographs as photographs using (run_id, photograph_id)
inner join raw.runs as runs on masters.run_id = runs.run_id
cross join core.audit as audit
where masters.sha256 is not null and runs.as_of < audit.as_of qualify
    row_number() over (partition by photograph_id, masters.sha256 order by runs.as_of desc) = 1
order by photograph_id, masters.sha256
