-- What a check and the clause that calls for it say of every exception, written once per run and not beside each of
-- them. `why` and `days_to_act` are null in the runs before this table: nothing was kept of them.
create table outcome.checks (
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
    primary key (run_id, check_id)
);

-- An exception that a run did not find was carried over with the words of the run that found it last; so each text
-- belongs to the first run that has it, and only what a run found could be new in it.
insert into outcome.checks (
    run_id, check_id, check_title, pack, clause, clause_says, next_step, do_not, owner_role
)
select
    min(run_id) as run_id,
    check_id,
    check_title,
    pack,
    clause,
    clause_says,
    next_step,
    do_not,
    owner_role
from outcome.exceptions
group by check_id, check_title, pack, clause, clause_says, next_step, do_not, owner_role
qualify row_number() over (partition by min(run_id), check_id order by max(run_id) desc, check_title) = 1;

-- `described_in` is the run whose outcome.checks has the words.
create temporary table described as
with newest as (
    select
        check_id,
        max(run_id) as run_id
    from outcome.checks
    group by check_id
)

select
    exceptions.run_id,
    exceptions.fingerprint,
    exceptions.check_id,
    exceptions.severity,
    exceptions.status,
    exceptions.platform,
    exceptions.account_id,
    exceptions.subject_id,
    exceptions.subject_kind,
    exceptions.concerns,
    exceptions.reason,
    exceptions.evidence,
    exceptions.evidence_sha256,
    exceptions.due_on,
    exceptions.first_seen,
    exceptions.last_seen,
    exceptions.decision,
    exceptions.decided_until,
    exceptions.is_seen_this_run,
    exceptions.proof,
    exceptions.rests_on,
    coalesce(told.run_id, newest.run_id) as described_in
from outcome.exceptions as exceptions
inner join newest on exceptions.check_id = newest.check_id
left join outcome.checks as told
    on
        exceptions.check_id = told.check_id
        and exceptions.run_id >= told.run_id
        and exceptions.check_title = told.check_title
        and exceptions.pack = told.pack
        and exceptions.clause = told.clause
        and exceptions.clause_says = told.clause_says
        and exceptions.next_step = told.next_step
        and exceptions.do_not = told.do_not
        and exceptions.owner_role = told.owner_role;

drop table outcome.exceptions;

-- Every exception of every run, with its place in the story since the run before.
create table outcome.exceptions (
    run_id text not null,
    fingerprint text not null,
    check_id text not null,
    described_in text not null,
    severity text not null,
    status text not null,
    platform text not null,
    account_id text not null,
    subject_id text not null,
    subject_kind text not null,
    concerns text not null,
    reason text not null,
    evidence text not null,
    evidence_sha256 text not null,
    due_on date,
    first_seen date not null,
    last_seen date not null,
    decision text,
    decided_until date,
    is_seen_this_run boolean not null,
    proof text,
    rests_on varchar[],
    primary key (run_id, fingerprint)
);

insert into outcome.exceptions by name
from described;

drop table described;
