select
    m.platform,
    m.medium_id,
    any_value(m.url)
from core.pictures as m
where
    m.url is not null
    and not exists (
        select 1 from core.official_accounts as a
        where a.platform = m.platform and a.account_id = m.account_id and a.reads = 'archive'
    )
    and not exists (
        select 1 from raw.medium_files as f
        where
            f.platform = m.platform
            and f.medium_id = m.medium_id
            and (f.source like 'x_archive%' or f.run_id = $run_id and f.problem is null)
    )
    and not exists (
        select 1 from raw.picture_verdicts as v
        where
            core.platform_has(m.platform, 'fixed_pictures')
            and v.platform = m.platform
            and v.medium_id = m.medium_id
            and list_contains($settled::varchar[], v.sha256)
            and v.has_position is not null
    )
group by m.platform, m.medium_id
order by m.platform, m.medium_id
