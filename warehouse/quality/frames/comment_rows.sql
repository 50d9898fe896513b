-- Every comment is of a kind that is known here, has a writer, and is not from before its platform was.
select
    comments.platform,
    comments.kind,
    year(comments.posted_at) as posted_in,
    nullif(trim(comments.actor_id), '') as actor_id
from raw.comments as comments
inner join core.audit on comments.run_id = audit.run_id
