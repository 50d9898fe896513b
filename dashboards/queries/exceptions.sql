-- Every exception that the reader may see (all when $concerns is null); a name only where it is confirmed.
select
    fingerprint,
    check_id,
    check_title,
    pack,
    clause,
    clause_says,
    severity,
    status,
    platform,
    account_id,
    account_handle,
    subject_id,
    subject_kind,
    reason,
    evidence,
    next_step,
    do_not,
    owner_role,
    due_on,
    first_seen,
    last_seen,
    decision,
    decided_until,
    is_seen_this_run,
    concerns,
    proof,
    case when decision = 'confirmed' then confirmed_name end as confirmed_name
from published.exceptions
where
    run_id = $run_id
    and (cast($concerns as text[]) is null or list_contains($concerns, concerns))
order by fingerprint asc
