-- An invented teacher, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, job_title, x_account, youtube_account
)
values (
    $run_id,
    'canary',
    'staff',
    'canary-personal-account-comment',
    'Drillwyn',
    'Remarkerly',
    'Teacher of Drill',
    case when $platform = 'x' then 'canary-personal-account-comment-account' end,
    case when $platform = 'youtube' then 'canary-personal-account-comment-account' end
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-personal-account-comment-account',
    'canary_remark',
    'Drillwyn Remarkerly',
    'Teacher of Drill',
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
    'canary-personal-account-comment-comment',
    'canary-personal-account-comment-account',
    case $platform when 'youtube' then 'comment' else 'reply' end,
    'Drill'
);
