-- An invented post with a telephone number from the range that Ofcom keeps for drama.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-contact-details',
    'canary-contact-details',
    case $platform when 'youtube' then 'video' else 'post' end,
    case $platform when 'youtube' then 'Drill' end,
    'Ring the class teacher at home on 07700 900123.',
    'public'
);
