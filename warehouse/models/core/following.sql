-- Everyone whom an official account was ever seen to follow, with their newest public profile.
select * exclude (direction)
from core.follows
where direction = 'following'
