-- One row per post and account that an official account answered, reposted, quoted or liked.
with done as (
    select
        platform,
        account_id,
        post_id,
        actor_id,
        kind,
        posted_on,
        link,
        case kind when 'reply' then 'replied to' when 'like' then 'liked' when 'quote' then 'quoted' else 'reposted' end
            as did
    from core.interactions
    where actor_id is not null
),

answered as (
    select
        platform,
        account_id,
        post_id,
        actor_id,
        any_value(link) as link,
        string_agg(distinct kind, ', ' order by kind) as kind,
        string_agg(distinct did, ' and ' order by did) as did,
        strftime(max(posted_on), '%Y-%m-%d') as posted_on
    from done
    group by platform, account_id, post_id, actor_id
)

select
    answered.platform,
    answered.account_id,
    answered.post_id as subject_id,
    answered.actor_id,
    '@' || ltrim(accounts.handle, '@') || ' ' || answered.did as action,
    answered.link,
    answered.kind,
    answered.posted_on,
    coalesce('@' || ltrim(actors.handle, '@'), answered.actor_id) as account,
    answered.actor_id as actor,
    actors.display_name as shown_name
from answered
inner join core.official_accounts as accounts using (platform, account_id)
left join core.actors as actors using (platform, actor_id)
order by answered.platform, answered.account_id, answered.post_id, answered.actor_id
