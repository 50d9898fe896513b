-- Every exception of every run, what it rests on, and how it stands since the run before; who it is, once confirmed.
with named as (
    select
        matches.run_id,
        matches.platform,
        matches.actor_id,
        matches.person_id,
        min(coalesce(people.full_name, concat_ws(' ', coalesce(people.known_as, people.given_names), people.surname)))
            as full_name
    from raw.matches as matches
    inner join raw.people as people
        on
            matches.run_id = people.run_id
            and matches.person_id = people.person_id
            and matches.role = case people.register when 'staff' then 'staff' else rtrim(people.register, 's') end
    where matches.is_best and matches.band in ('declared', 'likely')
    group by all
    -- An id that two registers give to two people names neither of them.
    having count(distinct matches.role) = 1
)

select
    exceptions.run_id,
    exceptions.fingerprint,
    exceptions.check_id,
    checks.check_title,
    checks.pack,
    checks.clause,
    checks.clause_says,
    exceptions.severity,
    exceptions.status,
    exceptions.platform,
    exceptions.account_id,
    accounts.handle as account_handle,
    exceptions.subject_id,
    exceptions.subject_kind,
    exceptions.reason,
    disclosed.evidence,
    coalesce(exceptions.next_step, checks.next_step) as next_step,
    coalesce(exceptions.do_not, checks.do_not) as do_not,
    coalesce(exceptions.owner_role, checks.owner_role) as owner_role,
    states.due_on,
    exceptions.first_seen,
    exceptions.last_seen,
    exceptions.decision,
    exceptions.decided_until,
    exceptions.is_seen_this_run,
    exceptions.concerns,
    exceptions.proof,
    case
        when exceptions.decision = 'confirmed' then named.full_name
    end as confirmed_name,
    states.stands,
    states.is_open,
    states.is_late,
    checks.finding_one,
    checks.finding_many,
    exceptions.about,
    exceptions.fallen_decision,
    exceptions.fallen_on,
    exceptions.fallen_for,
    exceptions.breaks,
    exceptions.backlog_since,
    exceptions.decisions_read,
    exceptions.down_on,
    exceptions.described_in != exceptions.run_id
    and (
        coalesce(len(exceptions.breaks) = 0, false)
        or (exceptions.platform != 'school' and accounts.last_seen is distinct from exceptions.run_id::date)
    ) as is_unasked
from outcome.exceptions as exceptions
inner join outcome.disclosed_evidence as disclosed using (run_id, fingerprint)
inner join outcome.checks as checks
    on
        exceptions.described_in = checks.run_id
        and exceptions.check_id = checks.check_id
        and exceptions.clause = checks.clause
inner join outcome.exception_states as states using (run_id, fingerprint)
left join published.official_accounts as accounts using (run_id, platform, account_id)
left join named
    on
        exceptions.run_id = named.run_id
        and exceptions.platform = named.platform
        and exceptions.subject_id = named.actor_id
        and exceptions.subject_kind = 'actor'
        and json_extract_string(exceptions.evidence, '$.roll_id') = named.person_id
