-- An invented teacher, and an account that a register declares, that bears the name, and that answers the school.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, job_title, x_account, youtube_account
)
values (
    $run_id,
    'drill',
    'staff',
    'drill-personal-account-comment',
    'Drillwyn',
    'Remarkerly',
    'Teacher of Drill',
    case when $is_on_x then 'drill-personal-account-comment-account' end,
    case when $is_on_youtube then 'drill-personal-account-comment-account' end
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'drill',
    $platform,
    'drill-personal-account-comment-account',
    'drill_remark',
    'Drillwyn Remarkerly',
    'Teacher of Drill',
    false
);

insert into raw.comments (
    run_id, source, platform, account_id, comment_id, actor_id, kind, text
)
values (
    $run_id,
    'drill',
    $platform,
    $account_id,
    'drill-personal-account-comment-comment',
    'drill-personal-account-comment-account',
    $comment_kind,
    'Drill'
);
