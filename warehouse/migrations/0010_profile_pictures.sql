-- What was seen of an account's profile picture beside the school's logo in that run, and nothing of the picture:
-- `is_shown` is null where it was not seen, and `problem` says in a word why.
create table raw.profile_pictures (
    run_id text not null,
    platform text not null,
    account_id text not null,
    is_shown boolean,
    problem text,
    primary key (run_id, platform, account_id)
);
