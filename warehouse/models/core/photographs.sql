-- The photographs register in the run at hand: approved masters, and approved videos by id.
select
    photographs.photograph_id,
    photographs.file_name,
    photographs.video_id,
    photographs.channels,
    photographs.approved_by,
    photographs.approved_on,
    photographs.expires_on,
    photographs.basis,
    photographs.consent,
    photographs.objection,
    photographs.pupil_ids
from raw.photographs as photographs
inner join core.audit on photographs.run_id = audit.run_id
