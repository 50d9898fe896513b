select
    parts.part,
    parts.verdict,
    parts.photograph_id,
    parts.new_area
from raw.picture_parts as parts
where
    parts.run_id = $run_id and parts.platform = $platform and parts.post_id = $post_id and parts.medium_id = $medium_id
order by parts.part
