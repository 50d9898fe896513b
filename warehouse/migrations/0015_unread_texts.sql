-- Texts of a run that may be what a check looks for, not sure enough to be exceptions, and that no person has decided
-- on: `family` is what each may be, `score` how likely the likeliest of them is. They hold nothing of the text.
create table outcome.unread_texts (
    run_id text not null,
    fingerprint text not null,
    check_id text not null,
    platform text not null,
    account_id text not null,
    subject_id text not null,
    subject_kind text not null,
    concerns text not null,
    link text,
    posted_on date,
    family text not null,
    score double not null,
    primary key (run_id, fingerprint)
);

-- How many of them there were; null in the runs before, which did not look for them.
alter table outcome.coverage add column unread bigint;
