-- An invented post with a very large photograph, and an invented pupil named in full beside it; no face is needed.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-picture-exposure-post',
    'canary-picture-exposure-post',
    case $platform when 'youtube' then 'video' else 'post' end,
    case $platform when 'youtube' then 'Drill' end,
    'A prize for Drillmere Facewell of Year 6.',
    'public'
);

insert into raw.media (
    run_id, source, platform, account_id, post_id, medium_id, kind, url, width, height
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-picture-exposure-post',
    'canary-picture-exposure',
    case $platform when 'youtube' then 'thumbnail' else 'photo' end,
    'canary',
    6000,
    4000
);

insert into raw.people (
    run_id, source, register, person_id, given_names, surname, year_group
)
values (
    $run_id,
    'canary',
    'pupils',
    'canary-picture-exposure-row',
    'Drillmere',
    'Facewell',
    '6'
);
