-- An invented threat: on X a reply, on YouTube a comment.
insert into raw.comments (
    run_id, source, platform, account_id, comment_id, actor_id, kind, text
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-abusive-comment',
    'canary-abusive-comment-account',
    case $platform when 'youtube' then 'comment' else 'reply' end,
    'I know where you live and I am going to kill you.'
);
