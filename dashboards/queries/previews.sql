with
beside as (
    select *
    from desk.previews
    where
        fingerprint = $fingerprint
        and (expires_on is null or expires_on >= $day)
)

select
    beside.side,
    beside.part,
    beside.box,
    beside.shows_people,
    beside.photograph_id,
    pictures.body,
    pictures.media_type,
    beside.medium_id,
    coalesce(beside.boxes, []) as boxes,
    beside.registration
from beside
inner join desk.pictures as pictures on beside.picture = pictures.picture
order by beside.medium_id asc, beside.side desc, beside.part asc
