-- One row per account that is known to be somebody's in one of these roles, whom it concerns and what it is called.
with matched as (
    select
        platform,
        actor_id,
        role,
        person_id,
        if(one_of is null, band, 'likely') as band,
        reasons,
        words,
        one_of
    from core.matches
    where
        list_contains($roles, role)
        and (is_best and band in ('declared', 'likely') or one_of is not null)
),

people as (
    select
        role,
        person_id,
        year_group,
        date_of_birth,
        -- Whoever left that many years ago is at least that old.
        role = 'leaver'
        and coalesce(coalesce(date_of_birth, left_on) + to_years($until_age) <= $as_of, false) as is_grown_up
    from core.people
),

known as (
    select
        matched.platform,
        matched.actor_id,
        matched.role,
        min(matched.band) as band,
        string_agg(matched.person_id, ', ' order by matched.person_id) as roll_id,
        array_to_string(from_json(min(matched.reasons), '["varchar"]'), ' ') as signs,
        arg_min(matched.words, matched.reasons) as words,
        -- An account that is surely one of several people's names none of them.
        coalesce(' (one of ' || max(matched.one_of) || ', it does not show which)', '') as among,
        case when count(distinct people.year_group) = 1 then min(people.year_group) end as year_group,
        count(people.date_of_birth) filter (where not people.is_grown_up) > 0 as has_age
    from matched
    left join people using (role, person_id)
    where matched.one_of is not null or not coalesce(people.is_grown_up, false)
    group by matched.platform, matched.actor_id, matched.role
    -- All whom it may be count among the several; it is left out where every one of them is grown up.
    having
        coalesce(max(matched.one_of) = count(*), true)
        and bool_or(not coalesce(people.is_grown_up, false))
),

described as (
    select
        platform,
        actor_id,
        role,
        band,
        roll_id,
        signs,
        words,
        case
            when role = 'staff' then 'a member of staff'
            when role = 'leaver' and has_age then 'a former pupil under ' || $until_age
            when role = 'leaver' then 'a former pupil whose age is not on the register'
            when role != 'pupil' then 'a ' || role
            when upper(year_group) = 'R' then 'a pupil in Reception'
            when upper(year_group) = 'N' then 'a pupil in Nursery'
            when regexp_full_match(year_group, '[0-9]+') then 'a pupil in Year ' || year_group
            -- A school's own word for a year; a class, or a teacher's name beside it, says more than a year.
            when
                regexp_full_match(
                    lower(year_group),
                    '(([0-9]{1,2}(st|nd|rd|th)?|[psk][0-9]{1,2}|[ivx]{1,4}|year|stage|key|form|sixth|first|second|third'
                    || '|fourth|fifth|lower|middle|upper|junior|senior|primary|foundation|prep|shell|remove|school)'
                    || '([ .-]+|$))+'
                )
                then 'a pupil in ' || year_group
            else 'a pupil'
        end || among as somebody
    from known
)

select
    platform,
    actor_id,
    min(band) as band,
    string_agg(roll_id, ', ' order by somebody) as roll_id,
    string_agg(distinct role, ', ' order by role) as whom,
    min(signs) as signs,
    from_json(arg_min(words, signs), '["varchar"]') as words,
    -- A child before an adult, where the account may be that of either.
    case
        when bool_or(role in ('pupil', 'leaver')) then 'pupil'
        when bool_or(role = 'staff') then 'staff'
        when bool_or(role = 'governor') then 'governor'
        else 'parent'
    end as concerns,
    case min(band) when 'declared' then 'account declared as that of ' else 'account that may belong to ' end
    || string_agg(somebody, ' and ' order by somebody) as such_account
from described
group by platform, actor_id
