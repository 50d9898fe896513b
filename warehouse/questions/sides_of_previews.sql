select distinct previews.side
from desk.previews as previews
inner join desk.pictures as pictures on previews.picture = pictures.picture
where previews.fingerprint = $fingerprint and (previews.expires_on is null or previews.expires_on >= $today)
