-- For each official account: pictures on its standing posts, and those that could be read and searched for faces.
select * exclude (searched)
from core.own_picture_counts
