-- Each subject of an exception that rests on members of lists: whether this run saw it, and on what proof it has ended.
with dated as (
    select
        'posts' as listing,
        platform,
        account_id,
        first_version_id as member_id,
        posted_on
    from core.posts
),

hashed as (
    select
        listing,
        platform,
        account_id,
        member_id,
        is_met,
        ended_on,
        ended_by,
        answer,
        is_left_out,
        left(sha256(member_id), 16) as hashed
    from core.members
)

select
    subjects.coverage,
    subjects.platform,
    subjects.account_id,
    subjects.subject_id,
    bool_or(members.is_met and members.ended_on is null) as is_met,
    bool_and(members.ended_on is not null) as is_ended,
    max(members.ended_on) as ended_on,
    -- What rests on several is proved as weakly as the weakest of them.
    case
        when bool_or(members.ended_by = 'absent_twice') then 'absent_twice'
        when bool_or(members.ended_by = 'asked') then 'asked'
        else min(members.ended_by)
    end as ended_by,
    list_distinct(list(members.hashed)) as members,
    list_distinct(list(members.hashed) filter (where members.ended_on is null)) as standing_members,
    coalesce(bool_or(members.answer = 'suspended'), false) as is_suspended,
    bool_or(members.is_left_out and members.ended_on is null) as is_left_out,
    max(dated.posted_on) as posted_on
from core.subject_members as subjects
inner join hashed as members using (listing, platform, account_id, member_id)
left join dated using (listing, platform, account_id, member_id)
group by all
