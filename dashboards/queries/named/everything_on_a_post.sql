-- title: Everything on one post
-- notes: The post or comment itself, its pictures, its comments, the cases about it, and what the platform answered when asked for it.
-- takes: post (text) the platform's id of the post or of the comment
select
    'post' as what,
    platform,
    post_id as id,
    concat_ws(' ', kind, visibility, 'posted', posted_at, 'removed', removed_at) as says,
    concat_ws(' ', title, text) as detail
from published.posts
where post_id = $post
union all
select
    'comment',
    platform,
    comment_id,
    concat_ws(' ', kind, 'by', actor_id, posted_at),
    text
from published.comments
where $post in (post_id, comment_id)
union all
select
    'picture',
    platform,
    medium_id,
    concat_ws(' ', verdict, approved_photograph),
    why
from published.pictures
where post_id = $post
union all
select
    'part of a picture',
    platform,
    medium_id,
    concat_ws(' ', part, verdict, approved_photograph),
    why
from published.picture_parts
where post_id = $post
union all
select
    'case',
    exceptions.platform,
    exceptions.fingerprint,
    concat_ws(' ', exceptions.run_id, exceptions.check_id, exceptions.status, exceptions.decision),
    exceptions.reason
from published.exceptions as exceptions
where
    exceptions.subject_id = $post
    or exceptions.subject_id in (
        select pictures.medium_id from published.pictures as pictures
        where pictures.post_id = $post
    )
union all
select
    'asked for',
    platform,
    subject_id,
    concat_ws(' ', run_id, kind, answer),
    null
from published.proofs
where subject_id = $post
order by what, id
