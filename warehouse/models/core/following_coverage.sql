-- For each official account: whom it follows by the platform's count, lines fetched now, and those with a profile.
select * exclude (listing)
from core.follow_coverage
where listing = 'following'
