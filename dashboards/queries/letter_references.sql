-- By what people speak of the cases about these photographs: the beginnings of their fingerprints.
select distinct left(fingerprint, 8) as reference
from published.exceptions
where
    check_id in ('withdrawn_picture', 'unapproved_picture')
    and list_contains($photographs::text[], json_extract_string(evidence, '$.photograph_id'))
    and decision is distinct from 'mistaken'
order by reference
