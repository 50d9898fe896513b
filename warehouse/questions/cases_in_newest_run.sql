select
    fingerprint,
    any_value(check_id),
    run_id,
    any_value(concerns),
    any_value(subject_kind),
    bool_or(is_open or coalesce(decided_until < cast($today as date), false)),
    any_value(owner_role),
    any_value(about),
    any_value(decisions_read),
    bool_or(is_unasked),
    any_value(evidence)
from (
    select
        run_id,
        fingerprint,
        check_id,
        concerns,
        subject_kind,
        is_open,
        decided_until,
        owner_role,
        about,
        decisions_read,
        is_unasked,
        evidence
    from published.exceptions
    where stands
    union all
    select
        run_id,
        fingerprint,
        check_id,
        concerns,
        subject_kind,
        true,
        null,
        '',
        about,
        null,
        false,
        '{}'
    from published.unread_texts
)
where starts_with(fingerprint, $reference) and run_id = (select max(run_id) from published.runs)
group by fingerprint, run_id
order by fingerprint
