-- What was raised about these photographs, each case as the newest run that tells of it left it; a comment by its page.
with raised as (
    select
        exceptions.platform,
        exceptions.account_id,
        exceptions.subject_id,
        exceptions.stands,
        exceptions.proof,
        exceptions.down_on,
        exceptions.decision,
        exceptions.due_on,
        exceptions.last_seen,
        runs.as_of,
        json_extract_string(exceptions.evidence, '$.photograph_id') as photograph_id,
        json_extract_string(exceptions.evidence, '$.ended') as ended,
        json_extract_string(exceptions.evidence, '$.link') as link,
        regexp_extract(json_extract_string(exceptions.evidence, '$.link'), $post_id, 2) as post_id
    from published.exceptions as exceptions
    inner join published.runs as runs on exceptions.run_id = runs.run_id
    where exceptions.check_id in ('withdrawn_picture', 'unapproved_picture')
    qualify row_number() over (partition by exceptions.fingerprint order by runs.as_of desc) = 1
)

select
    raised.platform,
    raised.account_id,
    raised.post_id,
    raised.subject_id,
    posts.posted_on,
    if(raised.stands, raised.last_seen, raised.as_of) as seen_on,
    raised.post_id = '' or not regexp_full_match(raised.link, $post_address) as in_comment,
    raised.photograph_id,
    raised.due_on,
    raised.decision,
    -- Where a picture never changes, no other can have taken its place; elsewhere a run must have seen that one has.
    coalesce(
        not raised.stands
        and (
            raised.proof in ('asked', 'absent_twice', 'recorded')
            or raised.down_on is not null
            or (
                raised.ended is null
                and raised.proof = 'put_right'
                and not list_contains($fixed::text[], raised.platform)
            )
        ),
        false
    ) as is_gone,
    raised.proof,
    exists(
        select 1
        from published.picture_parts as parts
        where
            raised.platform = parts.platform
            and raised.account_id = parts.account_id
            and raised.subject_id = parts.medium_id
    ) as is_there
from raised
left join published.posts as posts using (platform, account_id, post_id)
where list_contains($photographs::text[], raised.photograph_id) and raised.link is not null
