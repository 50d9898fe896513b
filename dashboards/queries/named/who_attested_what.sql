-- title: Who accepted or attested what, and when
-- notes: Who decided that the platforms' terms and the impact assessment allow a live pull, with the first and the last run that went by it; attestations of clauses; acceptances of a changed register. Each with what it rests on.
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
union all
select
    'allowed live pulls',
    concat_ws(' to ', min(run_id), nullif(max(run_id), min(run_id))),
    decided_by_role,
    concat_ws('; ', terms, dpia),
    null,
    decided_on
from published.live_decisions
group by decided_by_role, terms, dpia, decided_on
having $since is null or max(run_id) >= $since
order by done_at
