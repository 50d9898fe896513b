-- One row per person whose full name may stand in a post; a register may give the name whole, in either order.
select
    role,
    person_id,
    full_name,
    given_names,
    surname,
    known_as,
    other_names
from core.people
where role in ('pupil', 'staff', 'parent', 'governor')
order by role, person_id
