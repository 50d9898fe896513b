select
    previews.side,
    previews.part,
    previews.box,
    previews.shows_people,
    previews.photograph_id,
    pictures.body,
    pictures.media_type,
    previews.medium_id,
    coalesce(previews.boxes, []) as boxes,
    previews.registration
from desk.previews as previews
inner join desk.pictures as pictures on previews.picture = pictures.picture
where
    previews.fingerprint = $fingerprint
    and (previews.expires_on is null or previews.expires_on >= $on)
order by previews.medium_id asc, previews.side desc, previews.part asc
