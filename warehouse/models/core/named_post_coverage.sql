-- For each official account: its standing posts and videos, compared with the registers of people.
select *
from core.post_coverage
