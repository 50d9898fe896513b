-- One row per person whose full name may stand in a post; a register may give the name whole, in either order.
select
    role,
    person_id,
    coalesce(
        given_names,
        case
            when surname is not null then null
            when contains(full_name, ',') then trim(split_part(full_name, ',', 2))
            else regexp_extract(trim(full_name), '^(.*)\s\S+$', 1)
        end
    ) as given_names,
    known_as,
    coalesce(
        surname,
        case
            when contains(full_name, ',') then trim(split_part(full_name, ',', 1))
            else regexp_extract(trim(full_name), '\S+$')
        end
    ) as surname
from core.people
where role in ('pupil', 'staff', 'parent', 'governor')
order by role, person_id
