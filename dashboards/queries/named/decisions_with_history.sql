-- title: Decisions with their history
-- notes: Everything that was decided about a case, the oldest first; the newest that was not undone counts.
-- takes: case (text, may be left out) the beginning of the case's ref; all cases unless given
select
    fingerprint,
    answer,
    until,
    to_role,
    to_person,
    by_role,
    by_person,
    by_user,
    note,
    decided_at
from casebook.decisions
where $case is null or starts_with(fingerprint, $case)
order by fingerprint, sequence
