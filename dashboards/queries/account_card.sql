-- What one account shows of itself in public.
select
    handle,
    display_name,
    bio,
    followers_count,
    following_count,
    is_protected,
    link,
    seen_on
from published.actors
where platform = $platform and actor_id = $actor_id  -- noqa: RF02
