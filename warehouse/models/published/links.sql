-- Which cases of the newest run say of the same account that it is the same person's: a number for each such link.
-- A person said once to be mistaken about a link is heeded in every case that the run found and whose links are all so.
with linking as (
    select
        run_id,
        check_id,
        max(label) filter (where kind = 'platform_id') as account_label
    from outcome.check_evidence
    where links
    group by run_id, check_id
),

linked as (
    select
        exceptions.run_id,
        exceptions.fingerprint,
        exceptions.described_in = exceptions.run_id as is_found,
        exceptions.platform,
        if(
            linking.account_label is null,
            exceptions.subject_id,
            json_extract_string(exceptions.evidence, linking.account_label)
        ) as account_id,
        exceptions.concerns,
        json_extract_string(exceptions.about, '$.declaration') as declaration,
        unnest(string_split(json_extract_string(exceptions.about, '$.person'), ' ')) as person
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states using (run_id, fingerprint)
    inner join linking using (run_id, check_id)
    inner join core.audit on exceptions.run_id = audit.run_id
    where states.stands
)

select
    run_id,
    fingerprint,
    is_found,
    dense_rank() over (order by platform, account_id, concerns, person, declaration) as link
from linked
where account_id is not null
