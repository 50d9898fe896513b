select distinct case when expires_on < $on then $over else problem end as said
from desk.previews
where
    fingerprint = $fingerprint
    and said is not null
order by said
