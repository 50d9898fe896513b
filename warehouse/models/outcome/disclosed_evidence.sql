-- What each exception rests on as readers may have it: declared labels alone, a roll id only once it is confirmed.
with readable as (
    select
        run_id,
        check_id,
        list(label) as once_confirmed,
        list(label) filter (where kind != 'roll_id') as always
    from outcome.check_evidence
    group by run_id, check_id
),

judged as (
    select
        exceptions.run_id,
        exceptions.fingerprint,
        exceptions.evidence,
        -- A roll id beside an account's own words names somebody: it waits for a person, as the name does.
        coalesce(if(exceptions.decision = 'confirmed', readable.once_confirmed, readable.always), []) as labels
    from outcome.exceptions as exceptions
    left join readable using (run_id, check_id)
),

withheld as (
    select
        run_id,
        fingerprint,
        evidence,
        list_filter(json_keys(evidence), lambda label: not list_contains(labels, label)) as labels
    from judged
)

select
    run_id,
    fingerprint,
    json_merge_patch(
        evidence, '{' || array_to_string(list_transform(labels, lambda label: to_json(label) || ':null'), ',') || '}'
    )::varchar as evidence
from withheld
