-- The data-quality gates of a run.
select
    gate,
    is_passed,
    populations,
    detail
from published.quality
where run_id = $run_id
order by gate asc
