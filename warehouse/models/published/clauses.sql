-- Every clause of the school's policy, in order, and how it stood in each run.
select
    run_id,
    pack,
    number,
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
from outcome.clauses
