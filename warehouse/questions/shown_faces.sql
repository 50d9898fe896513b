with asked as (
    select
        platform,
        subject_id as actor_id
    from outcome.exceptions
    where subject_kind = 'actor'
    union
    select
        platform,
        actor_id
    from core.interactions
)

select distinct
    p.platform,
    p.account_id,
    r.as_of,
    sha256(concat_ws(chr(31), p.handle, p.display_name, p.bio, p.location)) as face
from raw.profiles as p
inner join raw.runs as r on p.run_id = r.run_id
semi join asked on p.platform = asked.platform and p.account_id = asked.actor_id qualify
    row_number() over (partition by p.platform, p.account_id, r.as_of order by p.source) = 1
order by r.as_of
