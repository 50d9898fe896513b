-- title: Why something is gone
-- notes: What each platform answered when it was asked for one subject, and how each case about it stood in each run.
-- takes: subject (text) the platform's id of the post, comment, picture or account
select
    run_id,
    'asked for' as what,
    kind as says,
    answer as detail
from published.proofs
where subject_id = $subject
union all
select
    run_id,
    'case',
    concat_ws(' ', check_id, status),
    proof
from published.exceptions
where subject_id = $subject
order by run_id, what
