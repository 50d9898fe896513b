-- In a case of several roles each is whose account it is likely to be, and no namesake of one of them. Of one of
-- several alike none is likely alone: they are the likeliest of their role. Whom a page is about is never whose account
-- it is.
with asked as (
    select
        run_id,
        platform,
        coalesce(json_extract_string(evidence, '$.actor'), subject_id) as actor_id,
        check_id = 'lookalike_account' as is_page,
        if(check_id = 'leaver_follower', 'leaver', concerns) as role,
        concerns = 'pupil' as is_child
    from published.exceptions
    where fingerprint = $fingerprint and run_id = (select max(run_id) from published.runs)
),

given as (
    select
        matches.person_id,
        max(matches.role = asked.role) as is_of_role,
        max(matches.role = asked.role or (asked.is_child and matches.role in ('pupil', 'leaver'))) as is_fitting,
        max(matches.is_best and matches.band in ('declared', 'likely')) as is_likely,
        max(matches.is_best) as is_best,
        max(matches.probability) as probability
    from published.matches as matches
    inner join asked using (run_id, platform, actor_id)
    where if(asked.is_page, matches.band = 'about' and matches.role = 'pupil', matches.band != 'about')
    group by matches.person_id
)

select person_id
from given
order by
    is_fitting and is_likely desc,
    is_likely and (select bool_or(every.is_fitting and every.is_likely) from given as every) desc,
    is_fitting desc, is_of_role desc, is_likely desc, is_best desc, probability desc, person_id asc
limit $most
