-- An invented post at three in the morning, by the school's own clock, of the Sunday before the day of the run.
insert into raw.posts by name
from canary_post(
    'canary-posting-hours',
    'Drill',
    posted_at := (
        select (runs.as_of - isodow(runs.as_of)::integer % 7 + time '03:00:00') at time zone schools.timezone
        from raw.runs as runs
        inner join raw.schools as schools on runs.run_id = schools.run_id
        where runs.run_id = $run_id
    )
);
