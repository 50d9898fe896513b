-- The members of lists on which each subject of an exception rests, by the population that the check looks at.
with versions as (
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
        'posts' as walk,
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
        walk,
        member_id
    from core.members
    where walk in ('comments', 'mentions')
),

-- Which account of others each member brings into touch with an official one.
touches as (
    select
        walk,
        platform,
        account_id,
        member_id,
        member_id as actor_id
    from core.members
    where walk in ('followers', 'following')
    union
    select
        members.walk,
        members.platform,
        members.account_id,
        members.member_id,
        comments.actor_id
    from core.members as members
    inner join raw.comments as comments
        on
            members.platform = comments.platform
            and members.account_id = comments.account_id
            and members.member_id = comments.comment_id
    where members.walk in ('comments', 'mentions')
    union
    select
        walk,
        platform,
        account_id,
        member_id,
        split_part(member_id, '@', 1) as actor_id
    from core.members
    where walk = 'reposts'
    union
    select
        'posts' as walk,
        platform,
        account_id,
        first_version_id as member_id,
        unnest([in_reply_to_actor_id, refers_to_actor_id]) as actor_id
    from raw.posts
    union
    select
        'likes' as walk,
        platform,
        account_id,
        post_id as member_id,
        actor_id
    from raw.likes
)

select
    sights.sight,
    members.platform,
    members.account_id,
    members.member_id as subject_id,
    members.walk,
    members.member_id
from core.members as members
inner join
    (
        values
        ('core.follower_sight', 'followers'),
        ('core.following_sight', 'following'),
        ('core.comment_sight', 'comments'),
        ('core.comment_sight', 'mentions'),
        ('core.interaction_sight', 'likes')
    ) as sights (sight, walk)
    on members.walk = sights.walk
union
select
    sights.sight,
    versions.platform,
    versions.account_id,
    versions.post_id as subject_id,
    'posts' as walk,
    versions.first_version_id as member_id
from versions
cross join
    (
        values
        ('core.post_sight'),
        ('core.named_post_sight'),
        ('core.posting_sight'),
        ('core.picture_sight'),
        ('core.interaction_sight')
    ) as sights (sight)
union
select
    sights.sight,
    pictures.platform,
    pictures.account_id,
    pictures.subject_id,
    pictures.walk,
    pictures.member_id
from pictures
cross join
    (
        values ('core.picture_sight'), ('core.exposure_sight'), ('core.position_sight'), ('core.photo_sight')
    ) as sights (sight)
union
select
    sights.sight,
    touches.platform,
    touches.account_id,
    touches.actor_id as subject_id,
    touches.walk,
    touches.member_id
from touches
inner join
    (
        values
        ('core.commenter_sight', 'comments'),
        ('core.commenter_sight', 'mentions'),
        ('core.repost_sight', 'reposts'),
        ('core.actor_sight', 'followers'),
        ('core.actor_sight', 'following'),
        ('core.actor_sight', 'comments'),
        ('core.actor_sight', 'mentions'),
        ('core.actor_sight', 'reposts'),
        ('core.actor_sight', 'posts'),
        ('core.actor_sight', 'likes')
    ) as sights (sight, walk)
    on touches.walk = sights.walk
where touches.actor_id is not null
