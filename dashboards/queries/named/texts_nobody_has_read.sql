-- title: Texts that a person should read
-- notes: What may be what a check looks for, and is not sure enough to be a case: links, families and scores, no words.
select
    check_id,
    family,
    platform,
    link,
    posted_on,
    score
from published.unread_texts
where run_id = (select max(run_id) from published.runs)
order by score desc, link asc
