-- An invented post about the health of an invented teacher.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-staff-discussed',
    'canary-staff-discussed',
    case $platform when 'youtube' then 'video' else 'post' end,
    case $platform when 'youtube' then 'Drill' end,
    'Get well soon, Mrs Drillwell! We hope that the operation goes well.',
    'public'
);
