-- How many records of each kind the published copy holds, and how old the oldest are: for retention.
select
    'posts' as kind,
    platform,
    count(*) as held,
    count(removed_at) as ended,
    epoch_ms(min(posted_at)) as oldest_ms
from published.posts
group by platform
union all
select
    'pictures' as kind,
    platform,
    count(*) as held,
    0 as ended,
    null as oldest_ms
from published.pictures
group by platform
union all
select
    'followers' as kind,
    platform,
    count(*) as held,
    count(ended_on) as ended,
    epoch_ms(cast(min(first_seen) as timestamp)) as oldest_ms
from published.followers
group by platform
union all
select
    'accounts followed' as kind,
    platform,
    count(*) as held,
    count(ended_on) as ended,
    epoch_ms(cast(min(first_seen) as timestamp)) as oldest_ms
from published.following
group by platform
union all
select
    'comments' as kind,
    platform,
    count(*) as held,
    0 as ended,
    epoch_ms(min(posted_at)) as oldest_ms
from published.comments
group by platform
union all
select
    'profiles' as kind,
    platform,
    count(*) as held,
    0 as ended,
    null as oldest_ms
from published.profiles
group by platform
union all
select
    'matches' as kind,
    platform,
    count(*) as held,
    0 as ended,
    null as oldest_ms
from published.matches
group by platform
union all
select
    'accounts that cases are about' as kind,
    platform,
    count(*) as held,
    0 as ended,
    null as oldest_ms
from published.actors
group by platform
order by kind asc, platform asc
