-- title: What people asked about their data, by when it is due, and what came of it
-- notes: One row for each request, what is due first: one calendar month after it came, three where it was extended; of a complaint also the last day to acknowledge it. Whose it was after an erasure says [erased].
with steps as (
    select
        coalesce(of_request, number) as request,
        *
    from casebook.requests
),

told as (
    select
        request,
        max(kind) as kind,
        max(received_on) as received_on,
        max(concat_ws(' ', platform, subject_id)) as about,
        bool_or(step = 'extended') as is_extended,
        min(case when step = 'acknowledged' then made_at end) as acknowledged_at,
        string_agg(case when step in ('sent', 'done', 'refused') then step end, ', ') as came_of_it,
        max(case when step = 'closed' then made_at end) as closed_at
    from steps
    group by request
)

select
    request,
    kind,
    received_on,
    about,
    cast(received_on + to_months(case when is_extended then 3 else 1 end) as date) as due_on,
    case when kind = 'complaint' then received_on + 30 end as acknowledge_by,
    acknowledged_at,
    came_of_it,
    closed_at
from told
where kind is not null
order by (closed_at is not null), due_on, request
