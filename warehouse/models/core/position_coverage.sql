-- For each official account its pictures, and for the school its masters, whose files were searched for a position.
with pictures as (
    select
        platform,
        account_id,
        count(*) as fetched,
        count(*) filter (where is_searched) as judged
    from core.pictures
    where is_ours
    group by all
)

select
    lists.platform,
    lists.account_id,
    null::bigint as platform_count,
    coalesce(pictures.fetched, 0) as fetched,
    coalesce(pictures.judged, 0) as judged,
    lists.is_whole,
    lists.why
-- A channel's own comments hold pictures of ours too, so that the lists that they stand in count here as there.
from core.picture_coverage as lists
left join pictures
    on
        lists.platform = pictures.platform
        and lists.account_id = pictures.account_id
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
