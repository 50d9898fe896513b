-- Each member of staff of whom the register gives no day, or one too long ago, for something that the policy wants.
-- A column that the file lacks, or a day that cannot be read, says nothing of anybody.
with edition as (
    select max(adopted_on) as adopted_on
    from core.policy
),

wanted as (
    select
        unnest(cast($wants as varchar[])) as column_name,
        ($as_of::date - to_months($training_months::integer))::date as trained_since,
        ($as_of::date - to_months($reading_months::integer))::date as read_since
),

days as (
    select
        people.person_id,
        wanted.column_name,
        if(wanted.column_name = 'trained_on', people.trained_on, people.policy_read_on) as done_on,
        if(wanted.column_name = 'trained_on', wanted.trained_since, wanted.read_since) as since,
        if(wanted.column_name = 'trained_on', null, edition.adopted_on) as adopted_on
    from core.people as people
    cross join wanted
    cross join edition
    anti join core.missing_columns as missing
        on missing.register = 'staff' and wanted.column_name = missing.column_name
    where
        people.role = 'staff'
        and not list_contains(string_split(coalesce(people.unread_days, ''), ';'), wanted.column_name)
),

lacking as (
    select
        *,
        case
            when column_name = 'trained_on' then 'training'
            when done_on < adopted_on and done_on is not null then 'a reading of this edition'
            else 'a reading'
        end as lacks,
        case
            when done_on is null and column_name = 'trained_on' then 'gives no day of training'
            when done_on is null then 'gives no day on which they read the policy'
            when column_name = 'trained_on' then 'gives a day of training that is too long ago'
            when done_on < adopted_on then 'gives a day of reading before this edition of the policy was adopted'
            else 'gives a day of reading that is too long ago'
        end as says
    from days
    where done_on is null or done_on < greatest(since, coalesce(adopted_on, since))
)

select
    'school' as platform,
    school.school_id as account_id,
    -- As an erasure knows a roll id in any text, however short: an account or a photograph may have the same number.
    'person=' || lacking.person_id as subject_id,
    'Of a member of staff the register ' || string_agg(lacking.says, ' and ' order by lacking.column_name)
    || '.' as reason,
    lacking.person_id as roll_id,
    string_agg(lacking.lacks, ', ' order by lacking.column_name) as lacking,
    strftime(any_value(lacking.done_on) filter (where lacking.column_name = 'policy_read_on'), '%Y-%m-%d')
        as policy_read_on,
    strftime(any_value(lacking.done_on) filter (where lacking.column_name = 'trained_on'), '%Y-%m-%d') as trained_on
from lacking
cross join core.school as school
group by school.school_id, lacking.person_id
order by lacking.person_id
