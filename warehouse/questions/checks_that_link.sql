-- The account is the subject itself, or stands in the evidence under a label of its own.
select
    check_id,
    max(label) filter (where kind = 'platform_id') as account_label
from outcome.check_evidence
where run_id = $run_id and links
group by check_id
