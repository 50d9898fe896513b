-- Every subject that stands in this run but could not be judged: that nothing was found of it says nothing.
select
    'core.picture_coverage' as coverage,
    platform,
    account_id,
    medium_id as subject_id
from core.pictures
where not is_judged
union
-- A picture in which an earlier run saw a photograph whose file cannot be read now: nothing was compared with it.
select
    'core.picture_coverage' as coverage,
    pictures.platform,
    pictures.account_id,
    pictures.medium_id as subject_id
from core.pictures as pictures
inner join raw.picture_parts as parts using (platform, medium_id)
inner join core.masters as masters
    on
        parts.photograph_id = masters.photograph_id
        and masters.problem is not null
union
select
    'core.exposure_coverage' as coverage,
    platform,
    account_id,
    medium_id as subject_id
from core.pictures
where is_ours and not (is_read and is_watched)
union
select
    'core.position_coverage' as coverage,
    platform,
    account_id,
    medium_id as subject_id
from core.pictures
where is_ours and not is_searched
union
select
    case follows.direction when 'follower' then 'core.follower_coverage' else 'core.following_coverage' end as coverage,
    follows.platform,
    follows.account_id,
    follows.actor_id as subject_id
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
left join core.profiles as profiles using (platform, actor_id)
where profiles.display_name is null
union
select
    'core.photo_coverage' as coverage,
    platform,
    account_id,
    medium_id as subject_id
from core.media
where is_current and not (is_alt_text_known and kind != 'unknown')
union
select
    coverages.coverage,
    unread.platform,
    unread.account_id,
    unread.post_id as subject_id
from core.unread_posts as unread
cross join (
    values ('core.post_coverage'), ('core.named_post_coverage'), ('core.said_coverage')
) as coverages (coverage)
union
-- What an account comments under its videos may be why a case stands, and was not read, or not all of it.
select
    'core.said_coverage' as coverage,
    posts.platform,
    posts.account_id,
    posts.post_id as subject_id
from core.posts as posts
inner join core.said_coverage as said
    on
        posts.platform = said.platform
        and posts.account_id = said.account_id
        and said.why = 'own_comments'
where posts.is_current
union
select
    'core.posting_coverage' as coverage,
    platform,
    account_id,
    post_id as subject_id
from core.posts
where is_current and posted_at is null
union
-- A master whose file could not be searched may tell a place still.
select
    'core.position_coverage' as coverage,
    'school' as platform,
    school.school_id as account_id,
    photographs.photograph_id as subject_id
from core.photographs as photographs
cross join core.school as school
left join core.masters as masters on photographs.photograph_id = masters.photograph_id
where masters.has_position is null
union
-- A register that nobody read is no fresher for that.
select
    'core.register_coverage' as coverage,
    'school' as platform,
    school.school_id as account_id,
    states.register as subject_id
from core.register_states as states
cross join core.school as school
where states.state = 'unread' and states.accepted_by is null
