-- The data-quality checks of a run.
select
    gate as quality_check,
    is_passed,
    populations,
    detail
from published.quality
where run_id = $run_id
order by quality_check asc
