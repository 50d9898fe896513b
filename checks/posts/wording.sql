-- One row per text of each standing post or video: its title, its words, what its pictures are described as, its tags;
-- and where that is asked, what official accounts commented under it, where comments are no posts of their own.
with texts as (
    select
        platform,
        account_id,
        post_id,
        1 as place,
        'title' as part,
        title as words
    from core.posts
    union
    select
        platform,
        account_id,
        post_id,
        2 as place,
        'text' as part,
        text as words
    from core.posts
    union
    select
        platform,
        account_id,
        post_id,
        3 as place,
        'alt text' as part,
        alt_text as words
    from core.media
    union
    select
        platform,
        account_id,
        post_id,
        4 as place,
        'tag' as part,
        unnest(string_split(tags, '; ')) as words
    from core.posts
    union
    select
        comments.platform,
        comments.account_id,
        comments.post_id,
        5 as place,
        'own comment' as part,
        comments.text as words
    from core.comments as comments
    inner join core.official_accounts as writers
        on
            comments.platform = writers.platform
            and comments.actor_id = writers.account_id
    where
        comments.is_current
        and not core.platform_has(comments.platform, 'mentions')
),

asked as (
    select * from texts
    where $with_own_comments or part != 'own comment'
),

pictured as (
    select distinct
        platform,
        account_id,
        post_id
    from core.media
)

select
    posts.platform,
    posts.account_id,
    posts.post_id,
    'A ' || posts.kind || ' by @' || ltrim(accounts.handle, '@') as which,
    posts.link,
    strftime(posts.posted_on, '%Y-%m-%d') as posted_on,
    core.platform_has(posts.platform, 'videos') or pictured.post_id is not null as has_picture,
    asked.part,
    asked.words
from core.posts as posts
inner join asked using (platform, account_id, post_id)
inner join core.official_accounts as accounts using (platform, account_id)
left join pictured using (platform, account_id, post_id)
where
    posts.is_current
    and trim(asked.words) != ''
order by posts.platform, posts.account_id, posts.post_id, asked.place, asked.words
