-- Of each place of a photograph whose approval has ended that still shows a picture: what it shows in each run.
with places as (
    select
        run_id,
        as_of,
        fingerprint,
        photograph_id,
        platform,
        account_id,
        subject_id
    from core.ended_places
),

files as (
    select distinct
        masters.photograph_id,
        masters.sha256
    from raw.masters as masters
    where masters.sha256 is not null
),

-- A photograph by every id under which the register has held its file.
named as (
    select distinct
        places.photograph_id,
        places.photograph_id as also
    from places
    union
    select
        files.photograph_id,
        others.photograph_id as also
    from files
    inner join files as others on files.sha256 = others.sha256
),

-- The pictures that stood in each run, as they were judged.
pictures as (
    select
        verdicts.run_id,
        runs.as_of,
        verdicts.platform,
        verdicts.account_id,
        verdicts.medium_id,
        any_value(verdicts.sha256) as sha256
    from raw.picture_verdicts as verdicts
    inner join raw.runs as runs on verdicts.run_id = runs.run_id
    group by all
),

-- The bytes in which each place has shown its photograph.
shown as (
    select distinct
        pictures.as_of,
        pictures.platform,
        pictures.account_id,
        pictures.medium_id,
        named.photograph_id,
        pictures.sha256
    from raw.picture_parts as parts
    inner join named on parts.photograph_id = named.also
    inner join pictures using (run_id, platform, account_id, medium_id)
    where pictures.sha256 is not null
),

-- The places that still show a picture, and its bytes.
standing as (
    select
        places.run_id,
        places.as_of,
        places.fingerprint,
        places.photograph_id,
        places.platform,
        places.account_id,
        places.subject_id,
        pictures.sha256
    from places
    inner join pictures
        on
            places.run_id = pictures.run_id
            and places.platform = pictures.platform
            and places.account_id = pictures.account_id
            and places.subject_id = pictures.medium_id
),

replaced as (
    select
        standing.run_id,
        standing.fingerprint,
        standing.photograph_id,
        bool_and(shown.sha256 != standing.sha256) as has_other_bytes
    from standing
    inner join shown
        on
            standing.platform = shown.platform
            and standing.account_id = shown.account_id
            and standing.subject_id = shown.medium_id
            and standing.photograph_id = shown.photograph_id
            and standing.as_of > shown.as_of
    group by all
),

-- What is in each of them now: other photographs alone, what is approved of this one, and what is approved at all.
held as (
    select
        standing.run_id,
        standing.fingerprint,
        standing.photograph_id,
        standing.platform,
        bool_and(
            parts.verdict in ('approved', 'unapproved') and parts.photograph_id is not null and named.also is null
        ) as has_others_only,
        bool_and(parts.verdict = 'approved') filter (where named.also is not null) as is_itself_approved,
        bool_and(parts.verdict = 'approved') as is_all_approved
    from standing
    left join raw.picture_parts as parts
        on
            standing.run_id = parts.run_id
            and standing.platform = parts.platform
            and standing.account_id = parts.account_id
            and standing.subject_id = parts.medium_id
    left join named
        on
            standing.photograph_id = named.photograph_id
            and parts.photograph_id = named.also
    group by all
)

select
    held.run_id,
    held.fingerprint,
    held.photograph_id,
    coalesce(
        not core.platform_has(held.platform, 'fixed_pictures') and replaced.has_other_bytes and held.has_others_only,
        false
    ) as is_replaced,
    coalesce(
        held.is_itself_approved,
        held.is_all_approved and (core.platform_has(held.platform, 'fixed_pictures') or not replaced.has_other_bytes),
        false
    ) as is_approved
from held
left join replaced using (run_id, fingerprint, photograph_id)
