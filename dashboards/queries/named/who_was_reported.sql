-- title: Who was reported, and how often
-- notes: One row for each account, post or picture that a case was about, with how often and for what; a name only where the newest run that has the case has it confirmed, and nobody has said otherwise since.
-- takes: since (day, may be left out) the first day on which a case counts
with told as (
    select
        exceptions.*,
        case
            when
                exceptions.decision = 'confirmed'
                and exceptions.run_id = max(exceptions.run_id) over (partition by exceptions.fingerprint)
                and not exists (
                    select 1
                    from casebook.decisions as later
                    where
                        later.fingerprint = exceptions.fingerprint
                        and later.sequence > coalesce(exceptions.decisions_read, 0)
                        and later.answer in ('mistaken', 'allowed', 'undone')
                )
                then exceptions.confirmed_name
        end as name_now
    from published.exceptions as exceptions
)

select
    platform,
    subject_kind,
    subject_id,
    max(name_now) as confirmed_name,
    count(distinct fingerprint) as cases,
    count(distinct run_id) as runs,
    string_agg(distinct check_id, ', ' order by check_id) as checks,
    min(first_seen) as first_reported,
    max(last_seen) as last_reported
from told
where $since is null or last_seen >= cast($since as date)
group by platform, subject_kind, subject_id
order by cases desc, runs desc, subject_id asc
