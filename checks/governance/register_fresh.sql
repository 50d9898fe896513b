-- One row per register that the run should have read and did not, or that was not refreshed in time.
with named as (
    select
        school_id,
        unnest(case len(cast($registers as varchar[])) when 0 then string_split(registers, ';') else $registers end)
            as register
    from core.school
),

asked as (
    select distinct
        school_id,
        trim(register) as register,
        $days as days_allowed
    from named
    where trim(register) != ''
),

dated as (
    select
        register,
        strftime(min(refreshed_on), '%Y-%m-%d') as refreshed_on,
        case
            when max(refreshed_on) > $as_of then ' bears a day that lies after this run.'
            when min(refreshed_on) < $as_of - cast($days as integer)
                then ' was not refreshed within ' || $days || ' days.'
            else ''
        end as wrong
    from core.registers
    group by register
)

select
    'school' as platform,
    asked.school_id as account_id,
    asked.register as subject_id,
    'The register of ' || asked.register || coalesce(dated.wrong, ' was not read in this run.') as reason,
    dated.refreshed_on,
    asked.days_allowed
from asked
left join dated on asked.register = dated.register
where coalesce(dated.wrong, 'missing') != ''
order by asked.register
