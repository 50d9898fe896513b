-- What each label of a check's evidence was in each run: its kind, whether somebody can be known by it, what it is for.
select
    run_id,
    check_id,
    label,
    kind,
    identifies,
    changes,
    links
from outcome.check_evidence
