select
    posted.picture as posted,
    approved.picture as approved,
    any_value(approved.registration)
from desk.previews as approved inner join desk.previews as posted using (fingerprint, medium_id)
where
    approved.side = 'approved' and posted.side = 'posted'
    and approved.picture is not null and posted.picture is not null
group by posted.picture, approved.picture
