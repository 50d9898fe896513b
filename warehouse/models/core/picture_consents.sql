-- Each pupil and leaver in the run at hand: whether they may be shown in pictures, and the day they left.
select
    case people.register when 'pupils' then 'pupil' else 'leaver' end as role,
    people.person_id,
    people.picture_consent,
    people.left_on
from raw.people as people
inner join core.audit on people.run_id = audit.run_id
where people.register in ('pupils', 'leavers')
