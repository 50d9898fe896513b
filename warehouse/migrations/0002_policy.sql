-- What the policy's further checks need: who the school is, what its policy's dates are, and more of what is posted.

-- The school as school.toml names it for that run; aliases and registers are separated by semicolons.
create table raw.schools (
    run_id text primary key,
    school_id text not null,
    school_name text not null,
    aliases text not null,
    town text,
    county text,
    website text,
    timezone text not null,
    registers text not null
);

-- The policy edition that the school's pack was made from, as it stood in that run.
create table raw.policies (
    run_id text primary key,
    pack text not null,
    title text not null,
    edition text not null,
    adopted_on date,
    review_by date
);

-- A post of somebody else that an official account likes; the actor is its author.
create table raw.likes (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    post_id text not null,
    actor_id text not null,
    primary key (run_id, source, platform, account_id, post_id)
);

-- What an approved master's own file showed in that run; `has_position` says that it tells where it was taken.
create table raw.masters (
    run_id text not null,
    photograph_id text not null,
    file_name text not null,
    sha256 text,
    pdq text,
    pdq_quality bigint,
    has_position boolean,
    problem text,
    primary key (run_id, photograph_id)
);

alter table raw.posts add column tags text;
alter table raw.posts add column refers_to_actor_id text;
alter table raw.picture_verdicts add column has_position boolean;

-- Nothing was left unread or unjudged: whole, or read down to what earlier runs had read where that is enough.
alter table outcome.sight add column is_enough boolean;
update outcome.sight set is_enough = is_whole;
