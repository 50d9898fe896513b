-- The texts that a person should read and the reader may see (all when $concerns is null), the likeliest first.
select
    fingerprint,
    check_id,
    check_title,
    platform,
    account_handle,
    subject_kind,
    link,
    posted_on,
    family,
    score
from published.unread_texts
where
    run_id = $run_id
    and (cast($concerns as text[]) is null or list_contains($concerns, concerns))
order by
    check_id asc,
    score desc,
    fingerprint asc
