-- title: Decisions with their history
-- notes: Every decision about a case and every mark at the desk, the oldest first; the newest decision of a case stands.
-- takes: case (text, may be left out) the beginning of the case's ref; all cases unless given
select
    'decision' as what,
    fingerprint,
    verdict,
    until,
    by_role,
    note,
    decided_at as done_at
from casebook.decisions
where $case is null or starts_with(fingerprint, $case)
union all
select
    'mark',
    fingerprint,
    kind,
    until,
    by_role,
    note,
    made_at
from casebook.marks
where $case is null or starts_with(fingerprint, $case)
order by fingerprint, done_at, what
