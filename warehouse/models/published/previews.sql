-- Which pictures the desk shows beside each case of the newest run, until when, and why one is missing.
select
    previews.fingerprint,
    previews.side,
    previews.medium_id,
    previews.part,
    previews.photograph_id,
    previews.box,
    previews.boxes,
    previews.registration,
    previews.shows_people,
    previews.problem,
    previews.expires_on,
    pictures.media_type,
    octet_length(pictures.body) as bytes
from desk.previews as previews
left join desk.pictures as pictures on previews.picture = pictures.picture
