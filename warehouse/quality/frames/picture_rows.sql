-- Every picture has a size, and every one that was fetched a checksum and a verdict that is known here.
select
    media.platform,
    media.kind,
    media.width,
    media.height,
    files.sha256,
    verdicts.verdict
from raw.media as media
inner join core.audit on media.run_id = audit.run_id
left join raw.medium_files as files
    on
        media.run_id = files.run_id
        and media.source = files.source
        and media.platform = files.platform
        and media.medium_id = files.medium_id
        and files.problem is null
left join raw.picture_verdicts as verdicts
    on
        media.run_id = verdicts.run_id
        and media.platform = verdicts.platform
        and media.post_id = verdicts.post_id
        and media.medium_id = verdicts.medium_id
