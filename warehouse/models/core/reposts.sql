-- Everyone who was seen to repost an official post, where both still stand.
select
    reposts.platform,
    reposts.account_id,
    reposts.post_id,
    reposts.actor_id,
    posts.link,
    min(runs.as_of) as first_seen
from raw.reposts as reposts
inner join raw.runs as runs on reposts.run_id = runs.run_id
inner join core.posts as posts using (platform, account_id, post_id)
where
    posts.is_current
    and exists (
        select 1 from core.members as members
        where
            members.listing = 'reposts'
            and members.ended_on is null
            and reposts.platform = members.platform
            and reposts.account_id = members.account_id
            and reposts.actor_id || '@' || reposts.post_id = members.member_id
    )
group by all
