-- An invented pupil, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, year_group, x_account, youtube_account
)
values (
    $run_id,
    'canary',
    'pupils',
    'canary-pupil-comment',
    'Drillwyn',
    'Replywick',
    '8',
    case when $platform = 'x' then 'canary-pupil-comment-account' end,
    case when $platform = 'youtube' then 'canary-pupil-comment-account' end
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-pupil-comment-account',
    'canary_reply',
    'Drillwyn Replywick',
    'Year 8',
    false
);

insert into raw.comments (
    run_id, source, platform, account_id, comment_id, actor_id, kind, text
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-pupil-comment-comment',
    'canary-pupil-comment-account',
    case $platform when 'youtube' then 'comment' else 'reply' end,
    'Drill'
);
