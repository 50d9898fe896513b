-- The school's staff: how many its register holds, and of how many every day on it could be read.
select
    'school' as platform,
    school.school_id as account_id,
    null::bigint as platform_count,
    count(people.person_id) as fetched,
    count(people.person_id) filter (where people.unread_days is null) as judged,
    count(registers.register) > 0 as is_whole,
    case when count(registers.register) > 0 then 'end' else 'no_register' end as why
from core.school as school
left join core.registers as registers on registers.register = 'staff'
left join core.people as people on people.role = 'staff'
group by school.school_id
