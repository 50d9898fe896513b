-- What each label of evidence was declared to be in the run.
select
    check_id,
    label,
    kind,
    identifies
from published.check_evidence
where run_id = $run_id
order by check_id asc, label asc
