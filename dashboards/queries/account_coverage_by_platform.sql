-- What each check could see of each platform: no account is read.
select
    s.check_id,
    coalesce(c.check_title, s.check_id) as check_title,
    s.platform,
    '' as account_id,
    null as account_handle,
    cast(sum(s.platform_count) as bigint) as platform_count,
    cast(sum(s.fetched) as bigint) as fetched,
    cast(sum(s.judged) as bigint) as judged,
    bool_and(s.is_whole) as is_whole,
    bool_and(s.is_enough) as is_enough,
    null as why
from published.sight as s
left join published.coverage as c using (run_id, check_id)
where s.run_id = $run_id
group by s.check_id, c.check_title, s.platform
order by s.check_id asc, s.platform asc
