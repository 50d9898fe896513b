select distinct case when expires_on < $day then $too_late else problem end as said
from desk.previews
where
    fingerprint = $fingerprint
    and said is not null
order by said
