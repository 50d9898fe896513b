-- One row per recent post outside the school's hours, and per day the first post above the most that it allows.
with asked as (
    select
        $as_of::date - $look_back_days::integer as since,
        $most_a_day::integer as most_a_day,
        format('outside the hours of {}:00 to {}:00', $from_hour, $to_hour) as outside_hours
),

recent as (
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.kind,
        posts.link,
        posts.posted_at,
        posts.posted_at at time zone school.timezone as at_school
    from core.posts as posts
    cross join core.school as school
    cross join asked
    where
        posts.is_current
        and posts.posted_on > asked.since
),

counted as (
    select
        platform,
        account_id,
        post_id,
        kind,
        link,
        at_school,
        not hour(at_school) between $from_hour and $to_hour - 1 as is_outside_hours,
        not $weekends and isodow(at_school) > 5 as is_at_weekend,
        row_number() over the_day = $most_a_day + 1 as is_first_too_many,
        count(*) over (partition by platform, account_id, at_school::date) as on_that_day
    from recent
    window the_day as (
        partition by platform, account_id, at_school::date
        order by posted_at, post_id
    )
)

select
    counted.platform,
    counted.account_id,
    counted.post_id as subject_id,
    'A ' || counted.kind || ' by @' || ltrim(accounts.handle, '@') || ' went out '
    || concat_ws(
        ' and ',
        case when counted.is_outside_hours then asked.outside_hours end,
        case when counted.is_at_weekend then 'at a weekend' end,
        case
            when counted.is_first_too_many
                then format('on a day with {} in all, where {} are allowed', counted.on_that_day, asked.most_a_day)
        end
    ) || '.' as reason,
    counted.link,
    strftime(counted.at_school, '%Y-%m-%d') as posted_on,
    strftime(counted.at_school, '%A %H:%M') as posted_at,
    case when counted.is_first_too_many then counted.on_that_day end as posts_that_day
from counted
cross join asked
inner join core.official_accounts as accounts using (platform, account_id)
where counted.is_outside_hours or counted.is_at_weekend or counted.is_first_too_many
order by counted.platform, counted.account_id, counted.post_id
