-- An invented post that advertises an invented shop.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-partisan-or-personal',
    'canary-partisan-or-personal',
    case $platform when 'youtube' then 'video' else 'post' end,
    case $platform when 'youtube' then 'Drill' end,
    'Buy now with my discount code at the Drill Emporium, while stocks last.',
    'public'
);
