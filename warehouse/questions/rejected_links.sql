with newest as (
    select *
    from outcome.exceptions
    where list_contains($mistaken, fingerprint)
    qualify row_number() over (partition by fingerprint order by run_id desc) = 1
),

linking as (
    select
        run_id,
        check_id,
        max(label) filter (where kind = 'platform_id') as account_label
    from outcome.check_evidence
    where links
    group by run_id, check_id
)

select
    newest.fingerprint,
    newest.platform,
    if(
        linking.account_label is null, newest.subject_id, json_extract_string(newest.evidence, linking.account_label)
    ) as account_id,
    newest.concerns,
    newest.about
from newest
inner join linking
    on
        newest.run_id = linking.run_id
        and newest.check_id = linking.check_id
