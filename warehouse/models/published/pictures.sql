-- What was said of each picture on an official post or in a comment, whose id is then the post's, in the newest run.
select
    platform,
    post_id,
    medium_id,
    sha256,
    pdq,
    verdict,
    photograph_id as approved_photograph,
    distance,
    why,
    account_id,
    people
from core.picture_verdicts
