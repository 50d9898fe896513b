-- Every standing post of which not all words came: X cut or kept back its text, its article or its poll, or does not
-- tell what its pictures are described as.
select
    posts.platform,
    posts.account_id,
    posts.post_id
from core.posts as posts
inner join raw.unavailable as unavailable
    on
        posts.platform = unavailable.platform
        and posts.post_id = unavailable.subject_id
inner join raw.runs as runs
    on
        unavailable.run_id = runs.run_id
        and posts.read_on = runs.as_of
where
    posts.is_current
    and unavailable.kind = 'post'
    and unavailable.reason in ('cut', 'not-authorized-for-field', 'field-hydration-failure')
union
select
    media.platform,
    media.account_id,
    media.post_id
from core.media as media
where
    media.is_current
    and media.kind in ('photo', 'animated_gif', 'unknown')
    and not (media.is_alt_text_known and media.kind != 'unknown')
