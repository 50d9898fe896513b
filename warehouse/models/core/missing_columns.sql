-- The columns that a register of the run at hand lacks; bears says whether anything of this run rests on them.
with missing as (
    select
        register,
        column_name,
        bool_or(heading is not null) as is_mapped
    from core.register_columns
    where state = 'missing'
    group by all
),

alike as (
    select distinct
        register,
        nearest as column_name,
        true as is_told
    from core.register_columns
    where nearest is not null
),

registers as (
    select
        coalesce(bool_or(pupil_ids is not null), false) as name_pupils,
        -- Whom such a photograph shows, nobody can tell: its own consent alone says whether it may be shown.
        coalesce(bool_or(pupil_ids is null and coalesce(basis, 'consent') = 'consent'), false) as name_none
    from core.photographs
),

refusals as (
    select count(*) > 0 as are_there
    from core.picture_consents
    where contains(picture_consent, 'withdrawn')
)

select
    missing.register,
    missing.column_name,
    missing.is_mapped or coalesce(alike.is_told, false) as is_likely_there,
    case
        when missing.register = 'pupils' and missing.column_name = 'picture_consent' then registers.name_pupils
        when missing.register = 'photographs' and missing.column_name = 'consent' then registers.name_none
        when missing.register = 'photographs' and missing.column_name = 'pupil_ids' then refusals.are_there
        else true
    end as bears
from missing
cross join registers
cross join refusals
left join alike using (register, column_name)
