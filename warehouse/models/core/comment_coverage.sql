-- For each official account: the platform's count of comments, and those that stand, judged by what they say.
select * exclude (with_profile)
from core.comment_counts
