-- Every member that a list of an official account ever had, whether this run saw it, and on what proof it has ended.
-- It ends when the platform says so of that very member, when the account's own archive records the deletion, or when
-- whole lists in a row lack it and nothing else was answered about it: two archives, each a list of its own, or all the
-- lists of four weeks. A platform's count may err by one for so long, by a change that is not counted yet, so that a
-- list which reaches it may lack one who stands; and it may hold suspended accounts or not, so that a list of accounts
-- must reach it without them. The weeks are those between the fetching of the lists, whatever days their runs are of.
with events as (
    select
        listing,
        platform,
        account_id,
        member_id,
        as_of,
        'seen' as event
    from core.member_sightings
    union all
    select
        listing,
        platform,
        account_id,
        member_id,
        as_of,
        answer as event
    from core.member_answers
    union all
    select
        'posts' as listing,
        posts.platform,
        posts.account_id,
        posts.first_version_id as member_id,
        runs.as_of,
        'recorded' as event
    from raw.posts as posts
    inner join raw.runs as runs on posts.run_id = runs.run_id
    where posts.deleted_at is not null
),

member_events as (
    select
        listing,
        platform,
        account_id,
        member_id,
        min(as_of) filter (where event = 'seen') as first_seen,
        max(as_of) filter (where event = 'seen') as last_seen,
        list_sort(list(as_of) filter (where event = 'gone')) as gone_on,
        list_sort(list(as_of) filter (where event = 'recorded')) as recorded_on,
        -- A bearer's token cannot see whether an account follows: such an answer says nothing against two lists.
        list(as_of) filter (
            where event not in ('seen', 'recorded') and not (event = 'hidden' and listing in ('followers', 'following'))
        ) as answered_on,
        arg_max(event, as_of) filter (where event not in ('seen', 'recorded')) as answer
    from events
    group by all
),

-- When a run's pull of a source asked for its first page, and when it ended: a list that is gone on with is of both.
fetched as (
    select
        pulls.run_id,
        pulls.source,
        (least(pulls.started_at, min(pages.fetched_at)) at time zone schools.timezone)::date as begun_on,
        (pulls.finished_at at time zone schools.timezone)::date as ended_on
    from raw.pulls as pulls
    inner join raw.schools as schools on pulls.run_id = schools.run_id
    left join raw.pages as pages on pulls.run_id = pages.run_id and pulls.source = pages.source
    group by pulls.run_id, pulls.source, pulls.started_at, pulls.finished_at, schools.timezone
),

-- The whole lists. An archive is one list, of the day on which it was made, however often it is read.
whole_lists as (
    select distinct
        listings.listing,
        listings.platform,
        listings.account_id,
        listings.source like 'x_archive%' as is_archived,
        coalesce(archives.made_at::date, runs.as_of) as whole_on,
        fetched.begun_on,
        fetched.ended_on
    from raw.listings as listings
    inner join raw.runs as runs using (run_id)
    left join raw.archives as archives using (run_id, source, account_id)
    left join fetched on listings.run_id = fetched.run_id and listings.source = fetched.source
    where
        listings.is_whole
        and case
            when listings.source like 'x_archive%' then archives.made_at is not null
            when listings.listing in ('followers', 'following') then listings.rows >= listings.platform_count
            else listings.platform_count is not null
        end
),

lists as (
    select
        listing,
        platform,
        account_id,
        list_sort(list(distinct whole_on) filter (where is_archived)) as archived_on,
        list_sort(
            list(struct_pack(whole_on := whole_on, begun_on := begun_on, ended_on := ended_on))
            filter (where not is_archived and ended_on is not null)
        ) as listed
    from whole_lists
    group by all
),

held as (
    select
        member_events.*,
        lists.archived_on,
        lists.listed
    from member_events
    left join lists using (listing, platform, account_id)
    where member_events.last_seen is not null
),

missed as (
    select
        * exclude (archived_on, listed),
        list_filter(
            archived_on,
            lambda day: day > last_seen and not coalesce(list_contains(answered_on, day), false)
        ) as archives,
        list_filter(
            listed,
            lambda each:
            each['whole_on'] > last_seen and not coalesce(list_contains(answered_on, each['whole_on']), false)
        ) as lists
    from held
),

ended as (
    select
        * exclude (recorded_on, gone_on, archives, lists),
        list_filter(recorded_on, lambda day: day > last_seen)[1] as recorded_on,
        list_filter(gone_on, lambda day: day > last_seen)[1] as gone_on,
        least(
            archives[2],
            list_filter(lists, lambda each: each['begun_on'] >= lists[1]['ended_on'] + 28)[1]['whole_on']
        ) as missed_on
    from missed
)

select
    ended.listing,
    ended.platform,
    ended.account_id,
    ended.member_id,
    ended.first_seen,
    ended.last_seen,
    coalesce(ended.recorded_on, least(ended.gone_on, ended.missed_on)) as ended_on,
    case
        when ended.recorded_on is not null then 'recorded'
        when ended.gone_on <= coalesce(ended.missed_on, ended.gone_on) then 'asked'
        when ended.missed_on is not null then 'absent_twice'
    end as ended_by,
    ended.last_seen = audit.as_of as is_met,
    coalesce(listings.stopped = 'known', false) as is_left_out,
    case when list_contains(ended.answered_on, audit.as_of) then ended.answer end as answer
from ended
cross join core.audit as audit
left join core.listings as listings using (listing, platform, account_id)
