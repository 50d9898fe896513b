-- One row per current line between an official account and an actor in this direction, with what the actor shows.
with lines as (
    select
        platform,
        account_id,
        actor_id,
        handle,
        display_name,
        bio,
        link
    from core.followers
    where is_current and $direction = 'follower'
    union all
    select
        platform,
        account_id,
        actor_id,
        handle,
        display_name,
        bio,
        link
    from core.following
    where is_current and $direction = 'following'
)

select
    lines.platform,
    lines.account_id,
    lines.actor_id,
    '@' || ltrim(accounts.handle, '@') as official,
    core.platform_says(lines.platform, 'follows') as follows,
    coalesce('@' || ltrim(lines.handle, '@'), lines.actor_id) as account,
    lines.link,
    lines.display_name as shown_name,
    lines.bio
from lines
inner join core.official_accounts as accounts using (platform, account_id)
order by lines.platform, lines.account_id, lines.actor_id
