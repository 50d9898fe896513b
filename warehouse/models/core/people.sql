-- Everyone on a register in the run at hand, with the role that the register gives, and the accounts that are declared
-- for them: now, or before on a register that they have left since.
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
    people.policy_read_on,
    people.trained_on,
    people.unread_days,
    coalesce(people.x_account, on_x.declared_account) as x_account,
    coalesce(people.youtube_account, on_youtube.declared_account) as youtube_account,
    on_x.known_id as x_known_id,
    on_youtube.known_id as youtube_known_id,
    on_x.declared_account is not null as x_is_remembered,
    on_youtube.declared_account is not null as youtube_is_remembered
from raw.people as people
inner join core.audit on people.run_id = audit.run_id
left join core.remembered_accounts as on_x
    on people.register = on_x.register and people.person_id = on_x.person_id and on_x.column_name = 'x_account'
left join core.remembered_accounts as on_youtube
    on
        people.register = on_youtube.register
        and people.person_id = on_youtube.person_id
        and on_youtube.column_name = 'youtube_account'
