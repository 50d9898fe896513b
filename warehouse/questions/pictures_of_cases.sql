-- One row per standing exception of the newest run and picture that it is about, with the newest look at that picture
-- whose bytes were there, and where those bytes are if they are still kept. A video has its thumbnails.
with raised as (
    select
        exceptions.fingerprint,
        exceptions.check_id,
        exceptions.platform,
        exceptions.subject_id
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states using (run_id, fingerprint)
    inner join core.audit on exceptions.run_id = audit.run_id
    where states.stands and (exceptions.subject_kind = 'medium' or list_contains($beside, exceptions.check_id))
),

looked as (
    select
        run_id,
        platform,
        post_id,
        medium_id,
        sha256,
        people,
        why,
        pdq
    from raw.picture_verdicts
    qualify row_number() over (partition by platform, post_id, medium_id order by sha256 is null, run_id desc) = 1
),

fetched as (
    select
        runs.run_id,
        coalesce(min(cast(pages.fetched_at as date)), runs.as_of) as fetched_on
    from raw.runs as runs left join raw.pages as pages on runs.run_id = pages.run_id
    group by runs.run_id, runs.as_of
),

files as (
    select
        files.platform,
        files.medium_id,
        coalesce(files.sha256, sha256(files.body)) as file_sha256,
        files.rowid as file_id,
        fetched.fetched_on
    from raw.medium_files as files inner join fetched on files.run_id = fetched.run_id
    where files.body is not null
    qualify row_number() over (
        partition by files.platform, files.medium_id, file_sha256 order by fetched.fetched_on desc, files.run_id desc
    ) = 1
)

select
    raised.fingerprint,
    raised.check_id,
    looked.*,
    looked.medium_id != looked.post_id || '/picture' as is_ours,
    files.file_id,
    files.fetched_on
from raised
inner join looked
    on raised.platform = looked.platform and raised.subject_id in (looked.medium_id, looked.post_id)
left join files
    on looked.platform = files.platform and looked.medium_id = files.medium_id and looked.sha256 = files.file_sha256
qualify
    row_number() over (
        partition by raised.fingerprint, looked.medium_id
        order by looked.sha256 is null, looked.run_id desc, looked.post_id asc
    ) = 1
order by raised.fingerprint, looked.medium_id
