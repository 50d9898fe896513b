-- The same figures by official account.
select
    s.check_id,
    coalesce(c.check_title, s.check_id) as check_title,
    s.platform,
    s.account_id,
    s.account_handle,
    s.platform_count,
    s.fetched,
    s.judged,
    s.is_whole,
    s.is_enough,
    s.why
from published.sight as s
left join published.coverage as c using (run_id, check_id)
where s.run_id = $run_id
order by s.check_id asc, s.platform asc, s.account_id asc
