-- title: What each clause rests on
-- notes: Every clause as it stood in the newest run: its verdict, how much its checks could look at and what they do not cover, or who attested it and until when.
select
    clauses.ref,
    clauses.says,
    clauses.state,
    clauses.verdict,
    clauses.looked_at,
    clauses.not_covered,
    clauses.checks,
    clauses.attested_until,
    clauses.why,
    string_agg(distinct attested.by_role, ', ') as attested_by
from published.clauses as clauses
left join casebook.attestations as attested on clauses.clause = attested.clause
where clauses.run_id = (select max(run_id) from published.runs)
group by all
order by min(clauses.number)
