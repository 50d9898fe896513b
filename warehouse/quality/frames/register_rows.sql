-- The people on the registers have a name, an id that no other of them has, and pupils the age of pupils.
select
    people.register,
    hash(people.person_id) as id_mark,
    if(nullif(trim(concat(people.full_name, people.given_names, people.known_as, people.surname)), '') is null, null, 1)
        as has_name,
    if(people.register = 'pupils', date_diff('year', people.date_of_birth, audit.as_of), null) as pupil_years
from raw.people as people
inner join core.audit on people.run_id = audit.run_id
