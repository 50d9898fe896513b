-- The school itself, once: what its policy says of its own dates is always there to be read.
select
    'school' as platform,
    school.school_id as account_id,
    null::bigint as platform_count,
    count(policy.pack) as fetched,
    count(policy.pack) as judged,
    count(policy.pack) > 0 as is_whole,
    'end' as why
from core.school as school
cross join core.policy as policy
group by school.school_id
