-- Every picture that stands, on a post or in a comment on one, and what this run found out about its file.
-- What is of no known kind may be one.
select
    media.platform,
    media.account_id,
    media.post_id,
    media.medium_id,
    media.kind,
    media.url,
    media.width,
    media.height,
    media.kind != 'comment_picture' as is_ours,
    coalesce(verdicts.verdict in ('approved', 'altered', 'unapproved'), false) as is_read,
    coalesce(verdicts.verdict in ('approved', 'altered', 'unapproved') and verdicts.is_fresh, false) as is_judged,
    verdicts.has_position is not null as is_searched,
    coalesce(verdicts.people in ('yes', 'no'), false) as is_watched,
    verdicts.has_position,
    verdicts.people,
    verdicts.face_share,
    -- The hash of the file where another picture may come to stand under the same id.
    if(core.platform_has(media.platform, 'fixed_pictures'), null, verdicts.sha256) as replaceable_sha256,
    media.link
from core.media as media
left join core.picture_verdicts as verdicts using (platform, post_id, medium_id)
where
    media.is_current
    and media.kind in ('photo', 'animated_gif', 'thumbnail', 'shorts_thumbnail', 'comment_picture', 'unknown')
