-- A check may be asked by several clauses, each in its own way: what it says of its exceptions is written per clause.
create table outcome.check_texts (
    run_id text not null,
    check_id text not null,
    check_title text not null,
    pack text not null,
    clause text not null,
    clause_says text not null,
    why text,
    next_step text not null,
    do_not text not null,
    owner_role text not null,
    days_to_act bigint,
    finding_one text,
    finding_many text,
    primary key (run_id, check_id, clause)
);
insert into outcome.check_texts by name select * from outcome.checks;
drop table outcome.checks;
alter table outcome.check_texts rename to checks;
-- The clause under which an exception stands, and all that it breaks in the policy of that run, in the policy's order:
-- none where the policy no longer asks for it.
alter table outcome.exceptions add column clause text;
alter table outcome.exceptions add column breaks varchar[];
update outcome.exceptions set clause = checks.clause, breaks = [checks.clause]
from outcome.checks as checks
where exceptions.described_in = checks.run_id and exceptions.check_id = checks.check_id;

-- Each clause's own verdict; how much was looked at, in words and in figures over the accounts that it is about; what
-- of it is not seen and why; the role that attests it; and the clauses under which open cases that break it stand.
alter table outcome.clauses add column verdict text;
alter table outcome.clauses add column looked_at text;
alter table outcome.clauses add column platform_count bigint;
alter table outcome.clauses add column judged bigint;
alter table outcome.clauses add column not_covered text;
alter table outcome.clauses add column attested_by text;
alter table outcome.clauses add column stands_under text;
update outcome.clauses set verdict = worst.verdict
from (
    select
        clauses.run_id,
        clauses.pack,
        clauses.clause,
        arg_min(
            coverage.verdict,
            list_position(['exceptions', 'could_not_tell', 'kept', 'not_applicable'], coverage.verdict)
        ) as verdict
    from outcome.clauses as clauses
    inner join outcome.coverage as coverage
        on
            clauses.run_id = coverage.run_id
            and list_contains(string_split(clauses.checks, ', '), coverage.check_id)
    group by all
) as worst
where
    clauses.run_id = worst.run_id
    and clauses.pack = worst.pack
    and clauses.clause = worst.clause;
