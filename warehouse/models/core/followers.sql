-- Everyone who was ever seen to follow an official account, with their newest public profile.
select * exclude (direction)
from core.follows
where direction = 'follower'
