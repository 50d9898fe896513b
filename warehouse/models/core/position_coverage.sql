-- For each official account its pictures, and for the school its masters, whose files were searched for a position.
select * exclude (judged) rename (searched as judged)
from core.own_picture_counts
union all
select
    'school' as platform,
    school.school_id as account_id,
    null::bigint as platform_count,
    count(masters.photograph_id) as fetched,
    count(masters.has_position) as judged,
    true as is_whole,
    'end' as why
from core.school as school
left join core.masters as masters on true
group by school.school_id
