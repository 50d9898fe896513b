-- Which account an earlier run knew as the one that is declared for somebody on a register now, by register and person.
-- Where no register declares one now, the declared account is the person's while they are on any register, whichever of
-- them has the column, until a whole register that gave it has the cell empty; a run in which a cell of the column or a
-- row of the register could not be read ends none, for nobody knows whose it was. The known id is the account that bore
-- the declared handle first: a handle passes from one account to another, an id does not.
with met as (
    select
        matches.run_id,
        matches.platform || '_account' as column_name,
        matches.person_id,
        if(matches.role = 'staff', 'staff', matches.role || 's') as register,
        min(matches.actor_id) as actor_id
    from raw.matches as matches
    where matches.band = 'declared' and matches.run_id not in (select audit.run_id from core.audit)
    group by all
),

listed as (
    select
        people.*,
        runs.as_of,
        core.folded_roll_id(people.person_id) as folded,
        coalesce(people.x_account, people.youtube_account) is not null
        or people.person_id in (select met.person_id from met) as is_declared
    from raw.people as people
    inner join raw.runs as runs on people.run_id = runs.run_id
    where runs.as_of <= (select max(audit.as_of) from core.audit)
),

declaring as (
    select *
    from listed
    qualify bool_or(is_declared) over (partition by folded)
),

accounts as (
    select unnest(['x_account', 'youtube_account']) as column_name
),

told as (
    select
        declaring.run_id,
        declaring.as_of,
        declaring.register,
        declaring.person_id,
        declaring.folded,
        declaring.date_of_birth,
        if(declaring.register in ('pupils', 'leavers'), 'children', declaring.register) as kind,
        accounts.column_name,
        if(accounts.column_name = 'x_account', declaring.x_account, declaring.youtube_account) as cell,
        string_split_regex(
            trim(
                strip_accents(
                    lower(
                        concat_ws(
                            ' ',
                            declaring.full_name,
                            declaring.given_names,
                            declaring.surname,
                            declaring.known_as,
                            declaring.other_names
                        )
                    )
                )
            ),
            '[^\pL\pN]+'
        ) as words
    from declaring
    cross join accounts
),

whole as (
    select
        columns.run_id,
        columns.register,
        columns.column_name
    from raw.register_columns as columns
    inner join core.register_history as history
        on columns.run_id = history.run_id and columns.register = history.register
    left join raw.register_problems as problems
        on
            columns.run_id = problems.run_id
            and columns.register = problems.register
            and problems.doubts is not null
            and problems.row is not null
            and coalesce(problems.column_name in (columns.heading, columns.column_name), problems.column_name is null)
    where columns.state = 'recognised' and (history.state = 'whole' or history.accepted_by is not null)
    group by all
    having count(problems.run_id) = 0
),

said as (
    select
        told.*,
        coalesce(met.actor_id, told.cell) as account,
        met.actor_id,
        told.cell is null and whole.register is not null as is_emptied
    from told
    left join met
        on
            told.run_id = met.run_id
            and told.column_name = met.column_name
            and told.person_id = met.person_id
            and told.register = met.register
    left join whole
        on
            told.run_id = whole.run_id
            and told.register = whole.register
            and told.column_name = whole.column_name
),

-- Registers number their people each for itself, and anew: an id alone does not say that it is the same person.
of_person as (
    select
        here.register as here,
        here.person_id as here_id,
        here.cell as cell_here,
        said.*
    from told as here
    inner join core.audit as audit on here.run_id = audit.run_id
    inner join said on here.folded = said.folded and here.column_name = said.column_name
    where
        case
            when list_has_all(here.words, said.words) or list_has_all(said.words, here.words)
                then here.kind = said.kind or least(len(here.words), len(said.words)) > 1
            else
                here.kind = said.kind
                and coalesce(here.date_of_birth = said.date_of_birth, list_has_any(here.words, said.words))
        end
),

ended as (
    select
        emptied.here,
        emptied.here_id,
        emptied.column_name,
        max(emptied.as_of) as as_of
    from of_person as emptied
    inner join of_person as given
        on
            emptied.here = given.here
            and emptied.here_id = given.here_id
            and emptied.column_name = given.column_name
            and emptied.register = given.register
            and emptied.as_of > given.as_of
    where emptied.is_emptied and given.cell is not null
    group by all
)

select
    said.here as register,
    said.here_id as person_id,
    said.column_name,
    if(
        max(said.as_of) filter (where said.account is not null) < any_value(audit.as_of),
        arg_max(said.account, said.as_of) filter (where said.as_of > coalesce(ended.as_of, date '0001-01-01')),
        null
    ) as declared_account,
    arg_min(said.actor_id, said.as_of) filter (
        where lower(ltrim(said.cell, '@')) = lower(ltrim(said.cell_here, '@'))
    ) as known_id
from of_person as said
cross join core.audit as audit
left join ended
    on said.here = ended.here and said.here_id = ended.here_id and said.column_name = ended.column_name
group by all
