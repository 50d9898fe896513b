-- title: Who was reported, and how often
-- notes: One row for each account, post or picture that a case was about, with how often and for what; names only once confirmed.
-- takes: since (day, may be left out) the first day on which a case counts
select
    platform,
    subject_kind,
    subject_id,
    max(confirmed_name) as confirmed_name,
    count(distinct fingerprint) as cases,
    count(distinct run_id) as runs,
    string_agg(distinct check_id, ', ' order by check_id) as checks,
    min(first_seen) as first_reported,
    max(last_seen) as last_reported
from published.exceptions
where $since is null or last_seen >= cast($since as date)
group by platform, subject_kind, subject_id
order by cases desc, runs desc, subject_id asc
