-- What to ask a platform for by id, about one of its official accounts, as the runs before the day $before left it:
-- every line, post and comment that stood and that no platform called gone since, and those of the cases.
-- `stood` has when each was last seen, and as of which day a platform first said since that it is gone, if it did, and
-- when that run ended: a run of an earlier day is told what is so on the day on which it asks.
with lines as (
    select
        follows.direction as kind,
        follows.actor_id as subject_id,
        if(follows.direction = 'follower', 'followers', 'following') as listing,
        follows.actor_id,
        max(runs.as_of) as last_seen
    from raw.follows as follows
    inner join raw.runs as runs on follows.run_id = runs.run_id
    where follows.platform = $platform and follows.account_id = $account and runs.as_of < $before
    group by all
),

posts as (
    select
        'post' as kind,
        arg_max(posts.post_id, (runs.as_of, length(posts.post_id), posts.post_id)) as subject_id,
        'posts' as listing,
        cast(null as varchar) as actor_id,
        max(runs.as_of) as last_seen,
        bool_or(posts.deleted_at is not null) as is_deleted
    from raw.posts as posts
    inner join raw.runs as runs on posts.run_id = runs.run_id
    where posts.platform = $platform and posts.account_id = $account and runs.as_of < $before
    group by posts.first_version_id
),

comments as (
    select
        'comment' as kind,
        comments.comment_id as subject_id,
        if(
            not core.platform_has($platform, 'mentions') or arg_max(comments.kind, runs.as_of) = 'quote',
            'comments',
            'mentions'
        ) as listing,
        arg_max(comments.actor_id, runs.as_of) as actor_id,
        max(runs.as_of) as last_seen
    from raw.comments as comments
    inner join raw.runs as runs on comments.run_id = runs.run_id
    where comments.platform = $platform and comments.account_id = $account and runs.as_of < $before
    group by comments.comment_id
),

gone as (
    select
        proofs.kind,
        proofs.subject_id,
        list_sort(
            list(
                distinct struct_pack(
                    as_of := runs.as_of, made_on := greatest(runs.as_of, cast(runs.finished_at as date))
                )
            )
        ) as answers
    from raw.proofs as proofs
    inner join raw.runs as runs on proofs.run_id = runs.run_id
    where
        proofs.platform = $platform
        and proofs.account_id = $account
        and proofs.answer = 'gone'
        and runs.as_of < $before
    group by all
),

seen as (
    select * from lines
    union all
    select * exclude (is_deleted) from posts
    where not is_deleted
    union all
    select * from comments
),

stood as (
    select
        seen.*,
        list_filter(gone.answers, lambda answer: answer['as_of'] >= seen.last_seen)[1]['made_on'] as gone_on
    from seen
    left join gone on seen.kind = gone.kind and seen.subject_id = gone.subject_id
),

-- The newest row of each case, and of each photograph in a take-down the newest that names it, where it is not gone.
-- A picture is asked for by the post or the comment that carries it; a video is its own.
case_rows as (
    select
        exceptions.fingerprint,
        exceptions.subject_id,
        exceptions.subject_kind,
        states.stands,
        exceptions.proof = 'asked'
        and greatest(states.as_of, cast(runs.finished_at as date)) >= $before - interval 14 days as is_asked_again,
        states.as_of,
        case
            when
                exceptions.check_id in ('withdrawn_picture', 'unapproved_picture')
                and json_extract_string(exceptions.evidence, '$.ended') is not null
                then json_extract_string(exceptions.evidence, '$.photograph_id')
        end as photograph_id
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states
        on exceptions.run_id = states.run_id and exceptions.fingerprint = states.fingerprint
    inner join raw.runs as runs on exceptions.run_id = runs.run_id
    where
        exceptions.platform = $platform
        and exceptions.account_id = $account
        and states.as_of < $before
        and states.is_published
),

ranked as (
    select
        *,
        row_number() over (partition by fingerprint order by as_of desc) = 1 as is_case,
        row_number() over (partition by fingerprint, photograph_id order by as_of desc) = 1 as is_newest
    from case_rows
),

standing as (
    select distinct
        subject_id,
        subject_kind,
        is_case
    from ranked
    where (stands and (is_case or (photograph_id is not null and is_newest))) or (is_case and is_asked_again)
),

ours as (
    select distinct posts.post_id from raw.posts as posts
    where posts.platform = $platform and posts.account_id = $account
),

carried as (
    select
        standing.is_case,
        'post' as kind,
        media.post_id as subject_id
    from standing
    inner join raw.media as media on standing.subject_id = media.medium_id
    where standing.subject_kind = 'medium' and media.platform = $platform and media.account_id = $account
    union
    select
        is_case,
        'comment' as kind,
        regexp_replace(subject_id, '/picture$', '') as subject_id
    from standing
    where
        subject_kind = 'medium'
        and core.platform_has($platform, 'comment_pictures')
        and ends_with(subject_id, '/picture')
    union
    select
        standing.is_case,
        'post' as kind,
        posts.subject_id
    from standing
    inner join posts on standing.subject_id = posts.subject_id
    where standing.subject_kind = 'medium'
    union
    select
        is_case,
        subject_kind as kind,
        subject_id
    from standing
    where subject_kind in ('post', 'comment')
),

of_cases as (
    select
        stood.kind,
        stood.subject_id,
        stood.listing
    from stood
    inner join standing on stood.actor_id = standing.subject_id
    where
        standing.subject_kind = 'actor'
        and not (stood.kind = 'comment' and coalesce(stood.gone_on < $before - interval 14 days, false))
    union
    select
        carried.kind,
        carried.subject_id,
        coalesce(stood.listing, if(carried.kind = 'post', 'posts', 'comments')) as listing
    from carried
    left join stood on carried.kind = stood.kind and carried.subject_id = stood.subject_id
    left join ours on carried.kind = 'post' and carried.subject_id = ours.post_id
    where
        (carried.is_case or stood.gone_on is null)
        -- A post that the account only likes tells by standing nothing of the like.
        and (not core.platform_has($platform, 'likes') or carried.kind = 'comment' or ours.post_id is not null)
)

select
    true as is_of_case,
    kind,
    subject_id,
    listing,
    cast(null as date) as last_seen
from of_cases
union all
select
    false as is_of_case,
    kind,
    subject_id,
    listing,
    last_seen
from stood
where gone_on is null
order by is_of_case asc, last_seen desc, kind asc, subject_id asc, listing asc
