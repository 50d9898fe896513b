select distinct
    fingerprint,
    check_id
from (
    select
        fingerprint,
        check_id
    from published.exceptions
    union all
    select
        fingerprint,
        check_id
    from published.unread_texts
)
where starts_with(fingerprint, $reference)
order by fingerprint
