-- One row per official account of whose sign-in details the register of accounts lacks a day that the policy wants.
with wanted as (
    select
        unnest(cast($wants as varchar[])) as column_name,
        ($as_of::date - to_months($change_months::integer))::date as changed_since
),

days as (
    select
        details.platform,
        details.account_id,
        details.link,
        wanted.column_name,
        wanted.changed_since,
        '@' || ltrim(details.handle, '@') as account,
        if(wanted.column_name = 'changed_on', details.changed_on, details.shared_with_head_on) as done_on
    from core.account_approvals as details
    cross join wanted
    anti join core.missing_columns as missing
        on missing.register = 'accounts' and wanted.column_name = missing.column_name
    where
        details.is_listed
        and not list_contains(string_split(coalesce(details.unread_days, ''), ';'), wanted.column_name)
),

lacking as (
    select
        *,
        case
            when column_name = 'shared_with_head_on' then 'a day on which the head was given them'
            when done_on is null then 'a day of their last change'
            else 'a change in time'
        end as lacks
    from days
    where done_on is null or (column_name = 'changed_on' and done_on < changed_since)
)

select
    platform,
    account_id,
    account_id as subject_id,
    'Of the sign-in details of ' || account || ' the register of accounts does not give '
    || string_agg(lacks, ' or ' order by lacks) || '.' as reason,
    account,
    string_agg(lacks, ', ' order by lacks) as lacking,
    strftime(max(done_on) filter (where column_name = 'changed_on'), '%Y-%m-%d') as changed_on,
    link
from lacking
group by platform, account_id, account, link
order by platform, account_id
