-- What was said of each picture on an official post or in a comment on one, in the run at hand.
select
    verdicts.platform,
    verdicts.account_id,
    verdicts.post_id,
    verdicts.medium_id,
    verdicts.sha256,
    verdicts.pdq,
    verdicts.pdq_quality,
    verdicts.has_position,
    verdicts.verdict,
    verdicts.photograph_id,
    verdicts.distance,
    verdicts.why,
    verdicts.is_fresh,
    verdicts.people,
    verdicts.face_share
from raw.picture_verdicts as verdicts
inner join core.audit on verdicts.run_id = audit.run_id
