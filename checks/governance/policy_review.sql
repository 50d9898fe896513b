-- The school's policy, if the day by which it was to be reviewed has passed, or if nobody knows that day.
with dated as (
    select
        *,
        coalesce(review_by, adopted_on + cast($longest_days as integer)) as due_on
    from core.policy
),

overdue as (
    select
        *,
        case
            when due_on is null then 'Nobody can say when the policy was to be reviewed: its dates are not known.'
            when review_by is not null then 'The day by which the policy was to be reviewed has passed.'
            else 'The policy names no day for its review and was adopted more than ' || $longest_days || ' days ago.'
        end as reason,
        date_diff('day', due_on, cast($as_of as date)) as days_overdue
    from dated
    where coalesce(due_on < $as_of, true)
)

select
    'school' as platform,
    school.school_id as account_id,
    overdue.pack as subject_id,
    overdue.reason,
    overdue.title,
    overdue.edition,
    strftime(overdue.adopted_on, '%Y-%m-%d') as adopted_on,
    strftime(overdue.review_by, '%Y-%m-%d') as review_by,
    overdue.days_overdue
from overdue
cross join core.school as school
