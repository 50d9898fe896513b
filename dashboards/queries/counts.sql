-- How many exceptions of a run stand under each clause and check: no person, account, id or link is read.
select
    e.pack,
    e.clause,
    e.clause_says,
    e.check_id,
    e.check_title,
    e.severity,
    e.owner_role,
    count(*) filter (where e.status = 'new' and not e.is_set_aside) as new_count,
    count(*) filter (where e.status = 'changed' and not e.is_set_aside) as changed_count,
    count(*) filter (where e.status = 'reopened' and not e.is_set_aside) as reopened_count,
    count(*) filter (where e.status = 'open' and not e.is_set_aside) as open_count,
    count(*) filter (where e.status = 'not_seen' and not e.is_set_aside) as not_seen_count,
    count(*) filter (where e.status = 'suspended' and not e.is_set_aside) as suspended_count,
    count(*) filter (where e.status = 'gone') as gone_count,
    count(*) filter (where e.status <> 'gone' and e.is_set_aside) as set_aside_count,
    count(*) filter (where e.status <> 'gone' and not e.is_set_aside and e.due_on < e.as_of) as overdue_count
from
    (
        select
            x.pack,
            x.clause,
            x.clause_says,
            x.check_id,
            x.check_title,
            x.severity,
            x.owner_role,
            x.status,
            x.due_on,
            r.as_of,
            coalesce(
                x.decision in ('mistaken', 'allowed') and coalesce(x.decided_until, r.as_of) >= r.as_of,
                false
            ) as is_set_aside
        from published.exceptions as x
        inner join published.runs as r on x.run_id = r.run_id
        where x.run_id = $run_id
    ) as e
group by
    e.pack,
    e.clause,
    e.clause_says,
    e.check_id,
    e.check_title,
    e.severity,
    e.owner_role
order by
    e.pack asc,
    e.clause asc,
    e.check_id asc,
    e.severity asc,
    e.owner_role asc,
    e.clause_says asc,
    e.check_title asc
