-- title: What each clause rests on
-- notes: Every clause as it stood in the newest run: its verdict (exceptions where anything of it is open, decided where nothing is and every check could tell), how much its checks could look at and what they do not cover, or who attested it and until when.
select
    ref,
    says,
    state,
    case
        when
            verdict is not null and (coalesce(stands_under, '') != '' or exists (
                select 1
                from published.exceptions as raised
                where
                    raised.run_id = clauses.run_id
                    and raised.pack = clauses.pack
                    and raised.clause = clauses.clause
                    and raised.is_open
            )) then 'exceptions'
        when verdict = 'exceptions'
            then if(exists (
                select 1
                from published.coverage as seen
                where
                    seen.run_id = clauses.run_id
                    and seen.verdict = 'could_not_tell'
                    and list_contains(string_split(clauses.checks, ', '), seen.check_id)
            ), 'could_not_tell', 'decided')
        else verdict
    end as verdict,
    looked_at,
    not_covered,
    checks,
    attested_until,
    why,
    case when attested_until is not null then attested_by end as attested_by
from published.clauses
where run_id = (select max(run_id) from published.runs)
order by number
