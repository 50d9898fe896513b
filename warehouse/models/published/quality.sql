-- The data-quality checks of each run, in counts.
select
    run_id,
    quality_check as gate,
    is_passed,
    populations,
    detail
from raw.quality_checks
