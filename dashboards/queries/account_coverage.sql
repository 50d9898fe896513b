-- The same figures by official account, and whether the run before saw enough of it.
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
    s.account_id,
    s.account_handle,
    s.platform_count,
    s.fetched,
    s.judged,
    s.is_enough,
    coalesce(before.is_enough, false) as was_enough,
    s.why,
    s.what_to_do
from published.sight as s
left join published.coverage as c using (run_id, check_id)
left join published.sight as before
    on
        before.run_id = (select previous.run_id from previous)
        and s.check_id = before.check_id
        and s.platform = before.platform
        and s.account_id = before.account_id
where s.run_id = $run_id
order by s.check_id asc, s.platform asc, s.account_id asc
