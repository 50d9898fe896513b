"""The beginning of a question about everything that earlier runs saw of one official account.

`stood` has kind, subject_id, listing, the actor, when it was last seen, and on which day a platform first said since
that it is gone, if it did. The parameters are $platform, $account and $before, the day of the run that asks.
"""

STOOD = """
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
        list_sort(list(distinct runs.as_of)) as days
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
        list_filter(gone.days, lambda day: day >= seen.last_seen)[1] as gone_on
    from seen
    left join gone on seen.kind = gone.kind and seen.subject_id = gone.subject_id
)
"""
