-- title: What could not be seen, and since when
-- notes: Each check that could not tell in the newest run, by official account. "not seen" and "seen in part" are gaps, with what to do; "nothing to see" says that the whole list was read and held nothing. "read no more" is an account that school.toml does not name. Last the run that saw all of it.
with newest as (select max(run_id) as run_id from published.runs),

-- noqa: disable=AM07
seen as (
    select
        run_id,
        check_id,
        platform,
        account_id,
        account_handle,
        platform_count,
        fetched,
        judged,
        why,
        what_to_do,
        coalesce(is_enough, false) as is_enough,
        case
            when coalesce(is_whole, false) and fetched = 0 and coalesce(platform_count, 0) = 0 then 'nothing to see'
            when coalesce(fetched, 0) = 0 then 'not seen'
            else 'seen in part'
        end as state
    from published.sight
    union all
    select
        run_id,
        check_id,
        null,
        null,
        null,
        platform_count,
        fetched,
        judged,
        why,
        null,
        verdict in ('kept', 'exceptions'),
        case when coalesce(fetched, 0) = 0 then 'not seen' else 'seen in part' end
    from published.coverage
),

whole as (
    select
        check_id,
        platform,
        account_id,
        max(run_id) as last_whole_run
    from seen
    where is_enough
    group by check_id, platform, account_id
),

failed as (
    select
        split_part(pulls.source, '_', 1) as platform,
        min(pulls.what_to_do) as what_to_do
    from published.pulls as pulls
    inner join newest using (run_id)
    where pulls.what_to_do is not null
    group by all
)

select
    seen.state,
    seen.check_id,
    seen.platform,
    seen.account_handle,
    seen.platform_count,
    seen.fetched,
    seen.judged,
    seen.why,
    case
        when seen.state = 'nothing to see' then 'Nothing: the whole list was read, and nothing stands in it.'
        else coalesce(
            seen.what_to_do,
            failed.what_to_do,
            'Run the audit again; where it stays so, ask audit doctor why, and until then look at it by hand.'
        )
    end as what_to_do,
    coalesce(whole.last_whole_run, 'never') as last_seen_whole_in
from seen
inner join newest on seen.run_id = newest.run_id
left join published.coverage as verdicts
    on seen.run_id = verdicts.run_id and seen.check_id = verdicts.check_id
left join failed on seen.platform = failed.platform
left join whole
    on
        seen.check_id = whole.check_id
        and seen.platform is not distinct from whole.platform
        and seen.account_id is not distinct from whole.account_id
where not seen.is_enough and (seen.platform is not null or verdicts.verdict = 'could_not_tell')
union all by name
select
    'read no more' as state,
    platform,
    handle as account_handle,
    'The run of ' || last_seen::text || ' read it last.' as why,
    'Name it in school.toml again if it is the school''s; if not, answer what is open about it.' as what_to_do
from published.official_accounts
inner join newest using (run_id)
where is_left
order by all
