-- title: What each clause rests on
-- notes: Every clause as it stood in the newest run: its verdict, how much its checks could look at and what they do not cover, or who attested it and until when.
select
    ref,
    says,
    state,
    verdict,
    looked_at,
    not_covered,
    checks,
    attested_until,
    why,
    case when attested_until is not null then attested_by end as attested_by
from published.clauses
where run_id = (select max(run_id) from published.runs)
order by number
