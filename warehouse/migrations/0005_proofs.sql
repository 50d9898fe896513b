-- What a platform answered when it was asked for one subject by its id. `kind` is follower, following, post or comment;
-- `answer` is stands, gone, suspended or hidden. A subject without a row was not asked for, or no answer came.
create table raw.proofs (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    kind text not null,
    subject_id text not null,
    answer text not null,
    primary key (run_id, source, platform, account_id, kind, subject_id)
);
