-- How many exceptions of a run stand under each clause and check: no person, account, id or link is read.
select
    pack,
    clause,
    clause_says,
    check_id,
    check_title,
    max(finding_many) as finding_many,
    severity,
    owner_role,
    count(*) filter (where is_open and status in ('new', 'changed', 'reopened')) as to_do,
    count(*) filter (
        where is_open and status in ('new', 'changed', 'reopened', 'open', 'not_seen', 'suspended')
    ) as standing,
    count(*) filter (where is_late) as overdue,
    max(finding_one) as finding_one,
    not bool_and(subject_kind in ('policy', 'register', 'account') or concerns = 'policy') as is_of_people
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
