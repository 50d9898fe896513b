-- title: What each clause rests on
-- notes: Every clause as it stood in the newest run: the checks that look at it and what they could see, or who attested it and until when.
select
    clauses.ref,
    clauses.says,
    clauses.state,
    clauses.checks,
    clauses.attested_until,
    clauses.why,
    string_agg(
        distinct coverage.check_id || ' ' || coverage.verdict,
        ', ' order by coverage.check_id || ' ' || coverage.verdict
    )
        as verdicts,
    string_agg(distinct attested.by_role, ', ') as attested_by
from published.clauses as clauses
left join published.coverage as coverage
    on
        clauses.run_id = coverage.run_id
        and list_contains(string_split(replace(clauses.checks, ' ', ''), ','), coverage.check_id)
left join casebook.attestations as attested on clauses.clause = attested.clause
where clauses.run_id = (select max(run_id) from published.runs)
group by clauses.number, clauses.ref, clauses.says, clauses.state, clauses.checks, clauses.attested_until, clauses.why
order by clauses.number
