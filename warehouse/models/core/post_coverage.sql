-- For each official account: its standing posts and videos, and those that can be judged by what they say, all of it.
select * exclude (dated)
from core.post_counts
