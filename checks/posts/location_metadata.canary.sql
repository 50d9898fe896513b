-- An invented post with a grey square whose file says that it was taken where the equator meets the prime meridian.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-location-metadata-post',
    'canary-location-metadata-post',
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
    'canary-location-metadata-post',
    'canary-location-metadata',
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
    'canary-location-metadata',
    'canary',
    from_base64(
        'UklGRr4AAABXRUJQVlA4WAoAAAAIAAAABwAABwAAVlA4IBgAAAAwAQCdASoIAAgAAUAmJaQAA3AA'
        || '/v02aABFWElGgAAAAE1NACoAAAAIAAGIJQAEAAAAAQAAABoAAAAAAAQAAQACAAAAAk4AAAAAAgAF'
        || 'AAAAAwAAAFAAAwACAAAAAkUAAAAABAAFAAAAAwAAAGgAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAA'
        || 'AAABAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAB'
    ),
    'image/webp',
    8,
    8
);
