select
    m.platform,
    m.account_id,
    m.post_id,
    m.medium_id,
    m.is_ours,
    f.file_id,
    f.problem,
    coalesce(f.sha256, v.sha256) as sha256,
    v.has_position
from core.pictures as m
left join (
    select
        platform,
        medium_id,
        problem,
        if(body is null, null, rowid) as file_id,
        coalesce(sha256, sha256(body)) as sha256
    from raw.medium_files
    where run_id = $run_id or source like 'x_archive%'
    qualify row_number() over (
        partition by platform, medium_id order by body is null, run_id = $run_id desc, run_id desc, source asc
    ) = 1
) as f
    on m.platform = f.platform and m.medium_id = f.medium_id
left join (
    select * from raw.picture_verdicts
    where core.platform_has(platform, 'fixed_pictures') and pdq is not null
    qualify row_number() over (partition by platform, medium_id order by run_id desc) = 1
) as v
    on m.platform = v.platform and m.medium_id = v.medium_id
qualify row_number() over (partition by m.platform, m.post_id, m.medium_id order by m.account_id) = 1
order by m.platform, m.post_id, m.medium_id
