-- An invented video that the register holds by its id, with a consent that was withdrawn.
insert into raw.photographs (
    run_id, source, photograph_id, video_id, channels, approved_by, consent
)
values (
    $run_id,
    'canary',
    'canary-withdrawn-picture-row',
    'canary-withdrawn-picture',
    $platform,
    'Drill',
    'withdrawn'
);

insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, visibility
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-withdrawn-picture',
    'canary-withdrawn-picture',
    'video',
    'Drill',
    'Drill',
    'public'
);
