-- Whom each approved photograph shows, by roll id, as far as the photographs register of the newest run says it.
select distinct
    audit.run_id,
    photographs.photograph_id,
    photographs.video_id,
    trim(unnest(string_split(photographs.pupil_ids, ';'))) as person_id
from core.photographs as photographs
cross join core.audit as audit
where photographs.pupil_ids is not null
