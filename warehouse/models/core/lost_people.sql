-- Everyone who stood on a register in an earlier run and now on none, without having left: that proves nothing.
with accepted as (
    select
        register,
        as_of
    from core.register_history
    where accepted_by is not null
    union all
    -- A short run that a later one was compared with had been accepted meanwhile.
    select
        before.register,
        before.as_of
    from core.register_history as later
    inner join core.register_history as before
        on later.register = before.register and later.compared_with = before.run_id
    where before.state = 'partial'
),

-- What a person has accepted is where a register begins anew.
begun as (
    select
        register,
        max(as_of) as as_of
    from accepted
    group by register
),

people as (
    select
        run_id,
        register,
        person_id,
        if(regexp_full_match(trim(person_id), '\d+'), ltrim(trim(person_id), '0'), lower(trim(person_id))) as folded,
        list_transform(
            string_split(lower(related_ids), ';'),
            lambda one: if(regexp_full_match(trim(one), '\d+'), ltrim(trim(one), '0'), trim(one))
        ) as children
    from raw.people
),

told as (
    select
        people.run_id,
        runs.as_of,
        people.register,
        people.person_id,
        people.folded,
        people.children
    from people
    inner join raw.runs as runs on people.run_id = runs.run_id
),

here as (
    select
        told.register,
        told.folded
    from told
    inner join core.audit on told.run_id = audit.run_id
),

left_school as (
    select list(folded) as folded
    from here
    where register = 'leavers'
)

select
    told.register,
    arg_max(told.person_id, told.as_of) as person_id,
    max(told.as_of) as last_seen
from told
cross join left_school
left join begun on told.register = begun.register
where
    told.as_of >= coalesce(begun.as_of, date '0001-01-01')
    and not exists (
        select 1
        from here
        where
            told.folded = here.folded
            and (
                told.register = here.register
                or (told.register in ('pupils', 'leavers') and here.register in ('pupils', 'leavers'))
            )
    )
    -- A parent all of whose children have left has left with them.
    and not coalesce(told.register = 'parents' and list_has_all(left_school.folded, told.children), false)
group by told.register, told.folded
