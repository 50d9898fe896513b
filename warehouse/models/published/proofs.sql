-- What each platform answered when it was asked for one subject by its id: stands, gone, suspended or hidden.
select
    run_id,
    platform,
    account_id,
    kind,
    subject_id,
    answer
from raw.proofs
