-- The school's registers: how many its settings name, and how many were read in the run at hand.
select
    'school' as platform,
    school.school_id as account_id,
    coalesce(len(string_split(nullif(school.registers, ''), '; ')), 0)::bigint as platform_count,
    count(distinct registers.register) as fetched,
    count(distinct registers.register) as judged,
    true as is_whole,
    'end' as why
from core.school as school
left join core.registers as registers on true
group by school.school_id, school.registers
