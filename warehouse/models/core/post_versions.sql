-- Every edition of every official post that we saw, with the runs that saw it first and last.
select
    posts.platform,
    posts.account_id,
    posts.first_version_id,
    posts.post_id,
    posts.kind,
    posts.title,
    posts.text,
    posts.visibility,
    min(runs.as_of) as first_seen,
    max(runs.as_of) as last_seen
from raw.posts as posts
inner join raw.runs as runs on posts.run_id = runs.run_id
group by all
