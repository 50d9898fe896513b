-- What each check could see of each platform, and whether the run before saw enough of it: no account is read.
with previous as (
    select earlier.run_id
    from published.runs as earlier
    inner join published.runs as this on earlier.as_of < this.as_of
    where this.run_id = $run_id
    order by earlier.as_of desc
    limit 1
)

select
    s.check_id,
    coalesce(c.check_title, s.check_id) as check_title,
    s.platform,
    '' as account_id,
    null as account_handle,
    cast(sum(s.platform_count) as bigint) as platform_count,
    cast(sum(s.fetched) as bigint) as fetched,
    cast(sum(s.judged) as bigint) as judged,
    bool_and(s.is_enough) as is_enough,
    bool_and(coalesce(before.is_enough, false)) as was_enough,
    null as why,
    null as what_to_do
from published.sight as s
left join published.coverage as c using (run_id, check_id)
left join published.sight as before
    on
        before.run_id = (select previous.run_id from previous)
        and s.check_id = before.check_id
        and s.platform = before.platform
        and s.account_id = before.account_id
where s.run_id = $run_id
group by s.check_id, c.check_title, s.platform
order by s.check_id asc, s.platform asc
