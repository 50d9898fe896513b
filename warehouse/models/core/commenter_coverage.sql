-- For each official account: the platform's count of comments, those that stand, and those whose writer has a profile.
select * exclude (judged) rename (with_profile as judged)
from core.comment_counts
