-- How each clause stood in a run, in the order of the policy.
select
    pack,
    clause,
    ref,
    says,
    force,
    binds,
    state,
    checks,
    attested_until,
    why,
    verdict,
    looked_at,
    platform_count,
    judged,
    not_covered,
    attested_by,
    stands_under
from published.clauses
where run_id = $run_id
order by pack asc, number asc, clause asc
