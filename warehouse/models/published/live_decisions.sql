-- Who decided, and when, that the platforms' terms and the impact assessment allow a live pull, as each run found it.
select
    run_id,
    decided_by_role,
    decided_on,
    terms,
    dpia
from raw.live_decisions
