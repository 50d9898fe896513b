-- Everyone on a register in the run at hand, with the role that the register gives.
select
    case people.register
        when 'pupils' then 'pupil'
        when 'staff' then 'staff'
        when 'governors' then 'governor'
        when 'parents' then 'parent'
        when 'leavers' then 'leaver'
    end as role,
    people.person_id,
    people.title,
    people.given_names,
    people.surname,
    people.known_as,
    people.other_names,
    people.full_name,
    people.date_of_birth,
    people.year_group,
    people.class_name,
    people.job_title,
    people.left_on,
    people.related_ids,
    people.x_account,
    people.youtube_account
from raw.people as people
inner join core.audit on people.run_id = audit.run_id
