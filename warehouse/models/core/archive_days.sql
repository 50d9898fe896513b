-- The X archives that each run read: the day each was made on, by the school's clock, and whether that is too long ago.
-- The audit looks every week: an archive of more than seven days leaves out what a live pull would have seen by then.
select
    archives.run_id,
    archives.source,
    archives.platform,
    archives.account_id,
    archives.made_at,
    archives.is_dated,
    archives.has_school_email,
    (archives.made_at at time zone schools.timezone)::date as made_on,
    coalesce(runs.as_of - (archives.made_at at time zone schools.timezone)::date > 7, true) as is_old
from raw.archives as archives
inner join raw.runs as runs on archives.run_id = runs.run_id
inner join raw.schools as schools on archives.run_id = schools.run_id
