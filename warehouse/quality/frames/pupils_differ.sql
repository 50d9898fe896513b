-- Pupils have names and dates of birth of their own: a mark stands for each, so that neither can be read here.
select
    hash(lower(concat_ws(' ', people.full_name, people.given_names, people.known_as, people.surname))) as name_mark,
    if(people.date_of_birth is null, null, hash(people.date_of_birth)) as birth_mark
from raw.people as people
inner join core.audit on people.run_id = audit.run_id
where people.register = 'pupils'
-- Of a handful all may be siblings.
qualify count(*) over () >= 5
