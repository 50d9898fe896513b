-- For each day that the policy wants of its staff, how many of them the register gives none, or one too long ago: the
-- register says who they are. A column that the file lacks, or a day that cannot be read, says nothing of anybody.
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

counted as (
    select
        column_name,
        count(*) as staff,
        count(*) filter (where done_on is null) as undated,
        count(*) filter (where done_on < adopted_on) as earlier,
        count(*) filter (where done_on < since and done_on >= coalesce(adopted_on, done_on)) as older
    from days
    group by column_name
)

select
    'school' as platform,
    school.school_id as account_id,
    counted.column_name as subject_id,
    'Of the ' || counted.staff || ' on the staff register, ' || concat_ws(
        ' and ',
        if(counted.undated > 0, counted.undated || ' without a day', null),
        if(counted.earlier > 0, counted.earlier || ' with a day before this edition was adopted', null),
        if(counted.older > 0, counted.older || ' with a day that is too long ago', null)
    ) || ' in its column ' || counted.column_name || '.' as reason,
    if(counted.column_name = 'trained_on', 'training', 'a reading') as lacking,
    counted.undated::varchar as without_day,
    counted.earlier::varchar as earlier_edition,
    counted.older::varchar as too_long_ago
from counted
cross join core.school as school
where counted.undated + counted.earlier + counted.older > 0
order by counted.column_name
