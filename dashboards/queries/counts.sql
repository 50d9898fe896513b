-- How many exceptions of a run stand under each clause and check: no person, account, id or link is read.
select
    pack,
    clause,
    clause_says,
    check_id,
    check_title,
    max(finding_one) as finding_one,
    max(finding_many) as finding_many,
    severity,
    owner_role,
    count(*) filter (where is_open and status = 'new') as new_count,
    count(*) filter (where is_open and status = 'changed') as changed_count,
    count(*) filter (where is_open and status = 'reopened') as reopened_count,
    count(*) filter (where is_open and status = 'open') as open_count,
    count(*) filter (where is_open and status = 'not_seen') as not_seen_count,
    count(*) filter (where is_open and status = 'suspended') as suspended_count,
    count(*) filter (where not stands) as gone_count,
    count(*) filter (where stands and not is_open) as set_aside_count,
    count(*) filter (where is_late) as overdue_count
from published.exceptions
where run_id = $run_id
group by
    pack,
    clause,
    clause_says,
    check_id,
    check_title,
    severity,
    owner_role
order by
    pack asc,
    clause asc,
    check_id asc,
    severity asc,
    owner_role asc,
    clause_says asc,
    check_title asc
