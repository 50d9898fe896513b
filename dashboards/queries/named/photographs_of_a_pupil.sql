-- title: Which photographs show a pupil, and where they were posted
-- notes: By the roll id, as far as the photographs register says who is shown; a video by its own id.
-- takes: person (text) the roll id, as the register has it
with places as (
    select
        approved_photograph as which,
        platform,
        post_id,
        medium_id,
        verdict
    from published.picture_parts
    union all by name
    select
        post_id as which,
        platform,
        post_id,
        kind as verdict
    from published.posts
    where kind = 'video'
)

select
    shown.photograph_id,
    places.platform,
    places.post_id,
    places.medium_id,
    places.verdict,
    posts.posted_at,
    posts.removed_at
from published.photograph_pupils as shown
left join places on places.which in (shown.photograph_id, shown.video_id)
left join published.posts as posts on places.platform = posts.platform and places.post_id = posts.post_id
where shown.person_id = $person
order by shown.photograph_id, posts.posted_at
