-- An invented post with a drawing that no register holds: on X a photograph, on YouTube the thumbnail of a new video.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-post',
    'canary-post',
    case $platform when 'youtube' then 'video' else 'post' end,
    'Drill',
    'public'
);

insert into raw.media (
    run_id, source, platform, account_id, post_id, medium_id, kind, url
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-post',
    'canary-picture',
    case $platform when 'youtube' then 'thumbnail' else 'photo' end,
    'canary'
);

insert into raw.medium_files (
    run_id, source, platform, medium_id, url, body, content_type, width, height
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-picture',
    'canary',
    from_base64(
        'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAHElEQVR42mP8zwABTAwUMhip'
        || 'ZM5gY/wfDR88DADu3AKA6VTR6wAAAABJRU5ErkJggg=='
    ),
    'image/png',
    64,
    64
);
