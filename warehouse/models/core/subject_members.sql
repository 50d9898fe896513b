-- The members of lists on which each subject of an exception rests, by the population that the check looks at.
with listed as (
    select
        listing,
        platform,
        account_id,
        member_id
    from core.members
),

versions as (
    select distinct
        platform,
        account_id,
        post_id,
        first_version_id
    from raw.posts
),

pictures as (
    select distinct
        media.platform,
        media.account_id,
        media.medium_id as subject_id,
        'posts' as listing,
        versions.first_version_id as member_id
    from raw.media as media
    inner join versions
        on
            media.platform = versions.platform
            and media.account_id = versions.account_id
            and media.post_id = versions.post_id
    -- A picture in the channel's own comment goes with the comment, which core.members has.
    where not (core.platform_has(media.platform, 'comment_pictures') and ends_with(media.medium_id, '/picture'))
    union
    select
        platform,
        account_id,
        member_id || '/picture' as subject_id,
        listing,
        member_id
    from listed
    where listing in ('comments', 'mentions')
),

-- Which account of others each member brings into touch with an official one.
touches as (
    select
        listing,
        platform,
        account_id,
        member_id,
        member_id as actor_id
    from listed
    where listing in ('followers', 'following')
    union
    select
        members.listing,
        members.platform,
        members.account_id,
        members.member_id,
        comments.actor_id
    from listed as members
    inner join raw.comments as comments
        on
            members.platform = comments.platform
            and members.account_id = comments.account_id
            and members.member_id = comments.comment_id
    where members.listing in ('comments', 'mentions')
    union
    select
        listing,
        platform,
        account_id,
        member_id,
        split_part(member_id, '@', 1) as actor_id
    from listed
    where listing = 'reposts'
    union
    select
        'posts' as listing,
        platform,
        account_id,
        first_version_id as member_id,
        unnest([in_reply_to_actor_id, refers_to_actor_id]) as actor_id
    from raw.posts
    union
    select
        'likes' as listing,
        platform,
        account_id,
        post_id as member_id,
        actor_id
    from raw.likes
)

select
    populations.population as coverage,
    members.platform,
    members.account_id,
    members.member_id as subject_id,
    members.listing,
    members.member_id
from listed as members
inner join core.populations as populations
    on
        members.listing = populations.listing
        and populations.subject = 'member'
union
select
    populations.population as coverage,
    versions.platform,
    versions.account_id,
    versions.post_id as subject_id,
    populations.listing,
    versions.first_version_id as member_id
from versions
inner join core.populations as populations on populations.subject in ('post', 'video')
union
select
    populations.population as coverage,
    pictures.platform,
    pictures.account_id,
    pictures.subject_id,
    pictures.listing,
    pictures.member_id
from pictures
inner join core.populations as populations
    on
        pictures.listing = populations.listing
        and populations.subject = 'picture'
union
select
    populations.population as coverage,
    touches.platform,
    touches.account_id,
    touches.actor_id as subject_id,
    touches.listing,
    touches.member_id
from touches
inner join core.populations as populations
    on
        touches.listing = populations.listing
        and populations.subject = 'actor'
where touches.actor_id is not null
