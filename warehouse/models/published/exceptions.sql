-- Every exception of every run, what it rests on, whose it is, and how it stands since the run before.
with named as (
    select
        run_id,
        person_id,
        case
            when register in ('pupils', 'leavers') then 'pupil'
            when register = 'governors' then 'governor'
            else register
        end as concerns,
        min(coalesce(full_name, concat_ws(' ', coalesce(known_as, given_names), surname))) as full_name
    from raw.people
    where register in ('pupils', 'leavers', 'staff', 'governors')
    group by all
)

select
    exceptions.run_id,
    exceptions.fingerprint,
    exceptions.check_id,
    exceptions.check_title,
    exceptions.pack,
    exceptions.clause,
    exceptions.clause_says,
    exceptions.severity,
    exceptions.status,
    exceptions.platform,
    exceptions.account_id,
    accounts.handle as account_handle,
    exceptions.subject_id,
    exceptions.subject_kind,
    exceptions.reason,
    exceptions.evidence,
    exceptions.next_step,
    exceptions.do_not,
    exceptions.owner_role,
    exceptions.due_on,
    exceptions.first_seen,
    exceptions.last_seen,
    exceptions.decision,
    exceptions.decided_until,
    exceptions.is_seen_this_run,
    exceptions.concerns,
    case
        when exceptions.decision = 'confirmed' then named.full_name
    end as confirmed_name
from outcome.exceptions as exceptions
left join raw.official_accounts as accounts
    on
        exceptions.run_id = accounts.run_id
        and exceptions.platform = accounts.platform
        and exceptions.account_id = accounts.account_id
left join named
    on
        exceptions.run_id = named.run_id
        and exceptions.concerns = named.concerns
        and json_extract_string(exceptions.evidence, '$.roll_id') = named.person_id
