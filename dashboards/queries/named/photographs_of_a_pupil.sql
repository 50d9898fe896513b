-- title: Which photographs show a pupil, and where they were posted
-- notes: By the roll id, as far as the photographs register says who is shown.
-- takes: person (text) the roll id, as the register has it
select
    shown.photograph_id,
    parts.platform,
    parts.post_id,
    parts.medium_id,
    parts.verdict,
    posts.posted_at,
    posts.removed_at
from published.photograph_pupils as shown
left join published.picture_parts as parts on shown.photograph_id = parts.approved_photograph
left join published.posts as posts on parts.platform = posts.platform and parts.post_id = posts.post_id
where shown.person_id = $person
order by shown.photograph_id, posts.posted_at
