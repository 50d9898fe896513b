select distinct fingerprint
from desk.previews
where
    list_contains($kept::varchar[], fingerprint)
    and (expires_on < $today or not list_contains($new::varchar[], fingerprint))
