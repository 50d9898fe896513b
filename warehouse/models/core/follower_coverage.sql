-- For each official account: the platform's own count, followers fetched now, and those with a profile to judge.
select * exclude (listing)
from core.follow_coverage
where listing = 'followers'
