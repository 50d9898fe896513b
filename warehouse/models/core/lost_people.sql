-- Everyone who stood on a register in an earlier run and now on none, without having left: that proves nothing.
with accepted as (
    select
        register,
        as_of
    from core.register_history
    where accepted_by is not null
    union all
    -- A short run that a later child was compared with had been accepted meanwhile.
    select
        before.register,
        before.as_of
    from core.register_history as later
    inner join core.register_history as before
        on later.register = before.register and later.compared_with = before.run_id
    where before.state = 'partial'
),

-- What a person has accepted is where a register begins again.
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
        core.folded_roll_id(person_id) as folded,
        list_transform(string_split(related_ids, ';'), lambda child: core.folded_roll_id(child)) as children
    from raw.people
),

listed as (
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
        listed.register,
        listed.folded
    from listed
    inner join core.audit on listed.run_id = audit.run_id
),

left_school as (
    select list(folded) as folded
    from here
    where register = 'leavers'
)

select
    listed.register,
    arg_max(listed.person_id, listed.as_of) as person_id,
    max(listed.as_of) as last_seen
from listed
cross join left_school
left join begun on listed.register = begun.register
where
    listed.as_of >= coalesce(begun.as_of, date '0001-01-01')
    and not exists (
        select 1
        from here
        where
            listed.folded = here.folded
            and (
                listed.register = here.register
                or (listed.register in ('pupils', 'leavers') and here.register in ('pupils', 'leavers'))
            )
    )
    -- A parent all of whose children have left has left with them.
    and not coalesce(listed.register = 'parents' and list_has_all(left_school.folded, listed.children), false)
group by listed.register, listed.folded
