-- What was said of each part of each picture on an official post or in a comment on one, in the run at hand.
select
    parts.platform,
    parts.account_id,
    parts.post_id,
    parts.medium_id,
    parts.part,
    parts.verdict,
    parts.photograph_id,
    parts.distance,
    parts.inliers,
    parts.agreement,
    parts.quality,
    parts.transform,
    parts.new_area,
    parts.why,
    parts.obstacle
from raw.picture_parts as parts
inner join core.audit on parts.run_id = audit.run_id
