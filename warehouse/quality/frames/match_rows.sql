-- Every match is with somebody on the registers, in a role, a band and a probability that exist.
with people as (
    select distinct
        run_id,
        person_id
    from raw.people
)

select
    matches.role,
    matches.band,
    matches.probability,
    if(people.person_id is null, 0, 1) as is_on_a_register
from raw.matches as matches
inner join core.audit on matches.run_id = audit.run_id
left join people
    on
        matches.run_id = people.run_id
        and matches.person_id = people.person_id
