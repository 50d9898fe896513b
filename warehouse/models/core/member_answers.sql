-- What the platforms answered when they were asked for one member of a list: stands, gone, suspended or hidden.
with members as (
    select distinct
        'post' as kind,
        'posts' as listing,
        platform,
        account_id,
        post_id as subject_id,
        first_version_id as member_id
    from raw.posts
    union all
    select
        'comment' as kind,
        listing,
        platform,
        account_id,
        comment_id as subject_id,
        comment_id as member_id
    from core.conversations
    union all
    select distinct
        'comment' as kind,
        'comments' as listing,
        platform,
        account_id,
        comment_id as subject_id,
        comment_id as member_id
    from core.own_pictured_comments
    union all
    select distinct
        direction as kind,
        case direction when 'follower' then 'followers' else direction end as listing,
        platform,
        account_id,
        actor_id as subject_id,
        actor_id as member_id
    from raw.follows
)

select
    members.listing,
    members.platform,
    members.account_id,
    members.member_id,
    runs.run_id,
    runs.as_of,
    -- Of several versions of a post, one that stands is enough.
    case
        when bool_or(proofs.answer = 'stands') then 'stands'
        when bool_and(proofs.answer = 'gone') then 'gone'
        when bool_or(proofs.answer = 'suspended') then 'suspended'
        else 'hidden'
    end as answer
from raw.proofs as proofs
inner join raw.runs as runs on proofs.run_id = runs.run_id
inner join members using (kind, platform, account_id, subject_id)
group by members.listing, members.platform, members.account_id, members.member_id, runs.run_id, runs.as_of
