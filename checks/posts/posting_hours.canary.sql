-- An invented post at three in the morning, by the school's own clock, of the Sunday before the day of the run.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, posted_at, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-posting-hours',
    'canary-posting-hours',
    case $platform when 'youtube' then 'video' else 'post' end,
    (
        select (runs.as_of - isodow(runs.as_of)::integer % 7 + time '03:00:00') at time zone schools.timezone
        from raw.runs as runs
        inner join raw.schools as schools on runs.run_id = schools.run_id
        where runs.run_id = $run_id
    ),
    case $platform when 'youtube' then 'Drill' end,
    'Drill',
    'public'
);
