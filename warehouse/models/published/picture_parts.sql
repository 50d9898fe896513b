-- Which approved photograph each part of a picture on an official post, or in a comment, is, and what is new in it.
select
    platform,
    account_id,
    post_id,
    medium_id,
    part,
    verdict,
    photograph_id as approved_photograph,
    distance,
    inliers,
    agreement,
    quality,
    transform,
    new_area,
    why
from core.picture_parts
