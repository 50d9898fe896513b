-- title: Who accepted or attested what, and when
-- notes: Attestations of clauses and acceptances of a changed register, with what they rest on.
-- takes: since (day, may be left out) the first day that counts
select
    'attested' as what,
    clause as subject,
    by_role,
    evidence as rests_on,
    until,
    attested_at as done_at
from casebook.attestations
where $since is null or attested_at >= cast($since as date)
union all
select
    'accepted',
    register,
    by_role,
    note,
    null,
    accepted_at
from casebook.acceptances
where $since is null or accepted_at >= cast($since as date)
order by done_at
