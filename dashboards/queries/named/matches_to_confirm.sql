-- title: Who an account may belong to, and nobody has confirmed
-- notes: The best match of each account in the newest run without a decision, by roll id; the surest first.
-- takes: band (text, may be left out) declared, likely, possible or about; all unless given
select
    platform,
    actor_id,
    person_id,
    role,
    band,
    round(probability, 3) as probability,
    reasons
from published.matches
where
    run_id = (select max(run_id) from published.runs)
    and is_best
    and decision is null
    and ($band is null or band = $band)
order by probability desc, actor_id asc
