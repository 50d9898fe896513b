-- Each place of a photograph whose approval has ended, in each run: standing, gone, approved again, or unknown.
with videos as (
    select
        posts.run_id,
        posts.platform,
        posts.account_id,
        posts.post_id,
        bool_or(posts.deleted_at is null and coalesce(posts.visibility, 'public') != 'private') as is_shown
    from raw.posts as posts
    where core.platform_has(posts.platform, 'videos') and posts.kind = 'video'
    group by all
),

approved_videos as (
    select distinct
        photographs.run_id,
        photographs.video_id,
        trim(unnest(string_split(photographs.channels, ';'))) as platform
    from raw.photographs as photographs
    where photographs.video_id is not null
),

-- The posts and comments that no longer stand, by the pictures that they showed, and since when it is proved.
ended as (
    select
        platform,
        account_id,
        subject_id,
        ended_on
    from core.subjects
    where coverage = 'core.picture_coverage' and is_ended
),

-- The pictures on a video that only the school itself can see now.
hidden as (
    select distinct
        videos.run_id,
        media.platform,
        media.account_id,
        media.medium_id
    from videos
    inner join raw.media as media using (platform, account_id, post_id)
    where not videos.is_shown
),

-- On the strength of a register that came short, or of which a row could not be read, nothing is approved again.
short as (
    select distinct history.run_id
    from core.register_history as history
    where
        history.register in ('photographs', 'pupils', 'leavers')
        and history.state != 'whole'
        and history.accepted_by is null
    union
    select problems.run_id
    from raw.register_problems as problems
    where problems.register in ('photographs', 'pupils', 'leavers') and problems.doubts is not null
)

select
    places.run_id,
    places.as_of,
    places.fingerprint,
    places.platform,
    places.photograph_id,
    places.ended,
    places.due_on,
    places.first_seen,
    places.case_as_of,
    places.is_seen_this_run,
    places.is_set_aside,
    places.down_on,
    case
        when places.is_raised then 'standing'
        -- Proved then; what proved it may have been deleted since.
        when places.proof in ('asked', 'absent_twice', 'recorded') or places.down_on <= places.as_of then 'gone'
        when ended.ended_on <= places.as_of then 'gone'
        when places.is_video and not videos.is_shown then 'gone'
        when hidden.medium_id is not null then 'gone'
        when pictures.is_replaced and short.run_id is null then 'gone'
        when short.run_id is not null then 'unknown'
        when videos.is_shown and approved_videos.video_id is not null then 'approved_again'
        when pictures.is_approved then 'approved_again'
        else 'unknown'
    end as state
from core.ended_places as places
left join core.ended_place_pictures as pictures using (run_id, fingerprint, photograph_id)
left join videos
    on
        places.is_video
        and places.run_id = videos.run_id
        and places.platform = videos.platform
        and places.account_id = videos.account_id
        and places.subject_id = videos.post_id
left join approved_videos
    on
        places.run_id = approved_videos.run_id
        and places.platform = approved_videos.platform
        and places.subject_id = approved_videos.video_id
left join short on places.run_id = short.run_id
left join ended
    on
        places.platform = ended.platform
        and places.account_id = ended.account_id
        and places.subject_id = ended.subject_id
left join hidden
    on
        places.run_id = hidden.run_id
        and places.platform = hidden.platform
        and places.account_id = hidden.account_id
        and places.subject_id = hidden.medium_id
