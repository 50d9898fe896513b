-- The newest public profile that we have of each account on either platform, ours or anyone's.
select
    profiles.platform,
    profiles.account_id,
    profiles.account_id as actor_id, -- as whatever somebody did calls whoever did it
    profiles.handle,
    profiles.display_name,
    profiles.bio,
    profiles.location,
    profiles.url,
    profiles.picture_url,
    profiles.created_at,
    profiles.is_protected,
    profiles.followers_count,
    profiles.following_count,
    profiles.posts_count,
    profiles.counts_are_rounded,
    runs.as_of as seen_on
from raw.profiles as profiles
inner join raw.runs as runs on profiles.run_id = runs.run_id
qualify row_number() over (
    partition by profiles.platform, profiles.account_id
    order by runs.as_of desc, profiles.source asc
) = 1
