-- The data-quality gates of each run, in counts.
select
    run_id,
    gate,
    is_passed,
    populations,
    detail
from raw.gates
