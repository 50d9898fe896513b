-- What the sources told us, as they told us, once per run. One table per record class in connectors/records.py.
create schema raw;
create schema core;
create schema outcome;
create schema published;

-- What one platform account, ours or anyone's, shows the public about itself.
create table raw.profiles (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    handle text,
    display_name text,
    bio text,
    location text,
    url text,
    picture_url text,
    created_at timestamptz,
    is_protected boolean,
    followers_count bigint,
    following_count bigint,
    posts_count bigint,
    counts_are_rounded boolean not null,
    primary key (run_id, source, platform, account_id)
);

-- One line between an official account and an actor; direction is `follower` or `following`.
create table raw.follows (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    actor_id text not null,
    direction text not null,
    followed_at timestamptz,
    primary key (run_id, source, platform, account_id, actor_id, direction)
);

-- One post or video of an official account; kind is post, reply, repost, quote or video.
create table raw.posts (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    post_id text not null,
    first_version_id text not null,
    kind text not null,
    posted_at timestamptz,
    text text not null,
    title text,
    conversation_id text,
    in_reply_to_actor_id text,
    refers_to_post_id text,
    visibility text,
    is_made_for_kids boolean,
    is_embeddable boolean,
    repost_count bigint,
    reply_count bigint,
    quote_count bigint,
    deleted_at timestamptz,
    primary key (run_id, source, platform, account_id, post_id)
);

-- A picture, animation, video or video thumbnail on a post; kind is photo, animated_gif, video or thumbnail.
create table raw.media (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    post_id text not null,
    medium_id text not null,
    kind text not null,
    url text,
    alt_text text,
    width bigint,
    height bigint,
    primary key (run_id, source, platform, post_id, medium_id)
);

-- What someone else wrote to or about an official account; kind is reply, mention, quote or comment.
create table raw.comments (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    comment_id text not null,
    post_id text,
    parent_id text,
    actor_id text not null,
    kind text not null,
    posted_at timestamptz,
    text text not null,
    picture_url text,
    primary key (run_id, source, platform, account_id, comment_id)
);

-- An actor who reposted an official post.
create table raw.reposts (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    post_id text not null,
    actor_id text not null,
    primary key (run_id, source, platform, post_id, actor_id)
);

-- The bytes of one medium as the platform serves it; problem says in a word why there are none.
create table raw.medium_files (
    run_id text not null,
    source text not null,
    platform text not null,
    medium_id text not null,
    url text not null,
    sha256 text,
    body blob,
    content_type text,
    width bigint,
    height bigint,
    problem text,
    primary key (run_id, source, platform, medium_id)
);

-- Something the platform said it will not show: kind is actor, post or medium; reason is its own word.
create table raw.unavailable (
    run_id text not null,
    source text not null,
    platform text not null,
    kind text not null,
    subject_id text not null,
    reason text not null,
    primary key (run_id, source, platform, kind, subject_id)
);

-- How one walk ended. `walk` is followers, following, posts, mentions, reposts, comments or media.
create table raw.walks (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    walk text not null,
    rows bigint not null,
    platform_count bigint,
    is_whole boolean not null,
    stopped text not null,
    primary key (run_id, source, platform, account_id, walk)
);

-- One row of a register of people; register is pupils, staff, governors, parents or leavers.
create table raw.people (
    run_id text not null,
    source text not null,
    register text not null,
    person_id text not null,
    title text,
    given_names text,
    surname text,
    known_as text,
    other_names text,
    full_name text,
    date_of_birth date,
    year_group text,
    class_name text,
    job_title text,
    left_on date,
    related_ids text,
    x_account text,
    youtube_account text,
    primary key (run_id, source, register, person_id)
);

-- One row of the photographs register: an approved master, or an approved video by its platform id.
create table raw.photographs (
    run_id text not null,
    source text not null,
    photograph_id text not null,
    file_name text,
    video_id text,
    channels text not null,
    approved_by text,
    approved_on date,
    expires_on date,
    basis text,
    consent text,
    objection text,
    pupil_ids text,
    primary key (run_id, source, photograph_id)
);

-- One row of the accounts register: an official account, who asked for it and who approved it.
create table raw.registered_accounts (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text,
    handle text,
    purpose text,
    owner_role text,
    approved_by text,
    approved_on date
);

-- How the reading of one register file ended: rows kept, rows set aside, and the file's own date.
create table raw.registers (
    run_id text not null,
    source text not null,
    register text not null,
    file_name text not null,
    rows bigint not null,
    set_aside bigint not null,
    sha256 text not null,
    refreshed_on date not null,
    primary key (run_id, source, register, file_name)
);

-- A row or cell of a register that could not be used; `problem` is a sentence that quotes no value.
create table raw.register_problems (
    run_id text not null,
    source text not null,
    register text not null,
    file_name text not null,
    row bigint not null,
    column_name text,
    problem text not null
);

-- A field or member the source sent that we neither handle nor list as ignored: a signal, counted.
create table raw.signals (
    run_id text not null,
    source text not null,
    platform text not null,
    endpoint text not null,
    field_path text not null,
    seen bigint not null,
    primary key (run_id, source, platform, endpoint, field_path)
);

-- One audit of one school as of one day.
create table raw.runs (
    run_id text primary key,
    as_of date not null,
    school_id text not null,
    school_name text not null,
    pack text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    is_complete boolean not null default false,
    published_at timestamptz
);

-- The school's official accounts, as school.toml named them for that run.
create table raw.official_accounts (
    run_id text not null,
    platform text not null,
    account_id text not null,
    handle text not null,
    reads text not null,
    primary key (run_id, platform, account_id)
);

-- How the pull of one source ended: complete, partial or failed, with the kind of error that ended it.
create table raw.pulls (
    run_id text not null,
    source text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    state text not null,
    error_kind text,
    error_text text,
    what_to_do text,
    estimate_usd decimal(12, 4),
    estimate_units bigint,
    primary key (run_id, source)
);

-- Every page as it came, stored before it was read; the chain of hashes shows that none was changed or lost.
create table raw.pages (
    run_id text not null,
    source text not null,
    walk text not null,
    number bigint not null,
    endpoint text not null,
    request text not null,
    token text,
    next_token text,
    fetched_at timestamptz not null,
    status bigint not null,
    body blob,
    sha256 text not null,
    previous_sha256 text,
    resources bigint not null,
    usd decimal(12, 4) not null,
    units bigint not null,
    primary key (run_id, source, walk, number)
);

-- The ledger: every request that was made, whether or not it brought a page.
create table raw.requests (
    run_id text not null,
    source text not null,
    endpoint text not null,
    asked_at timestamptz not null,
    status bigint,
    resources bigint not null,
    usd decimal(12, 4) not null,
    units bigint not null
);

-- Who an account may belong to, as checks/identity answered in that run.
create table raw.matches (
    run_id text not null,
    platform text not null,
    actor_id text not null,
    person_id text not null,
    role text not null,
    band text not null,
    probability double not null,
    reasons text not null,
    is_best boolean not null,
    primary key (run_id, platform, actor_id, person_id, role)
);

-- What checks/pictures said of each picture on an official post in that run.
create table raw.picture_verdicts (
    run_id text not null,
    platform text not null,
    account_id text not null,
    post_id text not null,
    medium_id text not null,
    sha256 text,
    pdq text,
    pdq_quality bigint,
    verdict text not null,
    photograph_id text,
    distance bigint,
    why text not null,
    primary key (run_id, platform, post_id, medium_id)
);

-- The data-quality gates of one run; `detail` holds counts, never values.
create table raw.gates (
    run_id text not null,
    gate text not null,
    is_passed boolean not null,
    populations text not null,
    detail text not null,
    primary key (run_id, gate)
);

-- Every exception of every run, with its place in the story since the run before.
create table outcome.exceptions (
    run_id text not null,
    fingerprint text not null,
    check_id text not null,
    check_title text not null,
    pack text not null,
    clause text not null,
    clause_says text not null,
    severity text not null,
    status text not null,
    platform text not null,
    account_id text not null,
    subject_id text not null,
    subject_kind text not null,
    concerns text not null,
    reason text not null,
    evidence text not null,
    evidence_sha256 text not null,
    next_step text not null,
    do_not text not null,
    owner_role text not null,
    due_on date,
    first_seen date not null,
    last_seen date not null,
    decision text,
    decided_until date,
    is_seen_this_run boolean not null,
    primary key (run_id, fingerprint)
);

-- What each check could see in each run, and its verdict.
create table outcome.coverage (
    run_id text not null,
    check_id text not null,
    check_title text not null,
    verdict text not null,
    platform_count bigint,
    fetched bigint not null,
    judged bigint not null,
    why text not null,
    primary key (run_id, check_id)
);

-- The same figures by official account.
create table outcome.sight (
    run_id text not null,
    check_id text not null,
    platform text not null,
    account_id text not null,
    platform_count bigint,
    fetched bigint not null,
    judged bigint not null,
    is_whole boolean not null,
    why text not null,
    primary key (run_id, check_id, platform, account_id)
);

-- How each clause of the school's pack stood in each run.
create table outcome.clauses (
    run_id text not null,
    pack text not null,
    number bigint not null,
    clause text not null,
    ref text not null,
    says text not null,
    force text not null,
    binds text not null,
    state text not null,
    checks text not null,
    attested_until date,
    why text not null,
    primary key (run_id, pack, clause)
);
