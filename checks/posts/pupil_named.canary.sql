-- An invented post that names an invented pupil in full.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-pupil-named',
    'canary-pupil-named',
    case $platform when 'youtube' then 'video' else 'post' end,
    case $platform when 'youtube' then 'Drill' end,
    'Well done to Drillmere Postworthy of Year 6.',
    'public'
);

insert into raw.people (
    run_id, source, register, person_id, given_names, surname, year_group
)
values (
    $run_id,
    'canary',
    'pupils',
    'canary-pupil-named-row',
    'Drillmere',
    'Postworthy',
    '6'
);
