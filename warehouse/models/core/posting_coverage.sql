-- For each official account: its standing posts and videos, and those that say when they went out.
select * exclude (judged) rename (dated as judged)
from core.post_counts
