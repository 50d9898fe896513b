-- All tables of a warehouse, as the first release makes them. `raw` is what the sources told us, as they told us, once
-- per run: one table per record class in connectors/records.py. `outcome` is what the checks made of it. `core` and
-- `published` have views only.
create schema raw;
create schema core;
create schema outcome;
create schema published;
-- What the desk shows beside a case: small copies of pictures, for as long as the case stands. Schema `published` has
-- no body of them, so that no question of the copy reaches one.
create schema desk;

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
    tags text,
    refers_to_actor_id text,
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

-- How one listing ended. `listing` is followers, following, posts, mentions, reposts, comments or media.
create table raw.listings (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    listing text not null,
    rows bigint not null,
    platform_count bigint,
    is_whole boolean not null,
    stopped text not null,
    primary key (run_id, source, platform, account_id, listing)
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
    -- Whether the pupil may be shown in pictures, as the register of pupils or leavers has it.
    picture_consent text,
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

-- A row or cell of a register that could not be used, or something of the whole file (no row); `problem` is a sentence
-- that quotes no value.
create table raw.register_problems (
    run_id text not null,
    source text not null,
    register text not null,
    file_name text not null,
    row bigint,
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
    published_at timestamptz,
    -- Whether the run deleted nothing for its age, because the day may have been wrong.
    is_day_doubted boolean
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
    listing text not null,
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
    primary key (run_id, source, listing, number)
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
    -- How sure the matcher is, in bits of log-odds, and who comes next, where anybody does.
    score double,
    runner_up text,
    -- The words of the public profile that the reasons of a likely match rest on, as a JSON list.
    words text,
    -- Which of a match's reasons speak against it, as a JSON list.
    against text,
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
    has_position boolean,
    -- `is_fresh` says that the picture was held against all masters of that run, or needed no further look.
    is_fresh boolean default true,
    people text,
    face_share double,
    primary key (run_id, platform, post_id, medium_id)
);

-- The data-quality checks of one run; `detail` holds counts, never values.
create table raw.quality_checks (
    run_id text not null,
    quality_check text not null,
    is_passed boolean not null,
    populations text not null,
    detail text not null,
    primary key (run_id, quality_check)
);

-- Every exception of every run, with its place in the story since the run before.
create table outcome.exceptions (
    run_id text not null,
    fingerprint text not null,
    check_id text not null,
    described_in text not null,
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
    due_on date,
    first_seen date not null,
    last_seen date not null,
    decision text,
    decided_until date,
    is_seen_this_run boolean not null,
    proof text,
    rests_on varchar[],
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
    -- How many texts may be what the check looks for, and wait for a person (outcome.unread_texts).
    unread bigint,
    primary key (run_id, check_id)
);

-- The same figures by official account.
create table outcome.account_coverage (
    run_id text not null,
    check_id text not null,
    platform text not null,
    account_id text not null,
    platform_count bigint,
    fetched bigint not null,
    judged bigint not null,
    is_whole boolean not null,
    why text not null,
    -- Nothing was left unread or unjudged: whole, or read down to what earlier runs had read where that is enough.
    is_enough boolean,
    -- How a person can have more seen of a list, such as the followers of whom an archive holds the id alone; null
    -- where nobody can.
    what_to_do text,
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
    -- The file in the photographs folder whose name is most like the one that the register gives and that is not there.
    nearest text,
    primary key (run_id, photograph_id)
);

-- What was said of each part of a picture on an official post in that run: a collage has a part for each photograph.
-- `transform` and `new_area` are separated by semicolons; boxes are x,y,width,height in the picture's own pixels.
create table raw.picture_parts (
    run_id text not null,
    platform text not null,
    account_id text not null,
    post_id text not null,
    medium_id text not null,
    part bigint not null,
    verdict text not null,
    photograph_id text,
    distance bigint,
    inliers bigint not null,
    agreement double not null,
    quality bigint not null,
    transform text not null,
    new_area text not null,
    why text not null,
    primary key (run_id, platform, post_id, medium_id, part)
);

-- What was seen in a picture's bytes beside the masters of `register`; used again while neither changes.
create table raw.looks (
    sha256 text primary key,
    register text not null,
    parts text not null,
    people text not null,
    face_share double,
    pdq text,
    has_position boolean
);

-- What a master's file is remembered by: hashes and points, which hold no picture. A video has one for each frame.
create table raw.features (
    master text primary key,
    sha256 text not null,
    body blob not null
);

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

-- How each register of the school stood in a run, held against its own history and the school's own figure:
-- `state` is whole, partial or unread; `why` holds counts, never values; `compared_with` is the run it was held
-- against, and `accepted_by` the role that said that the change is right.
create table raw.register_states (
    run_id text not null,
    register text not null,
    state text not null,
    why text not null,
    rows bigint not null,
    rows_before bigint,
    compared_with text,
    accepted_by text,
    accepted_note text,
    primary key (run_id, register)
);

-- One column of a register file in one run; state is recognised, ignored or missing. A heading is never a cell.
create table raw.register_columns (
    run_id text not null,
    source text not null,
    register text not null,
    file_name text not null,
    heading text,
    column_name text,
    state text not null,
    nearest text
);

-- The X archive that a run read: when it was made, and which file it is. Without the archive's own word `is_dated` is
-- false, and made_at is the newest time in it. Two archives are two lists only where they were made at two times.
create table raw.archives (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    made_at timestamptz,
    is_dated boolean not null,
    file_sha256 text not null,
    primary key (run_id, source, platform, account_id)
);

-- What each run saw of the casebook when it began: which one it was, and how many rows had ever been written to it.
-- A casebook that is another one, or that has fewer rows, has lost something.
create table raw.casebooks (
    run_id text primary key,
    casebook_id text not null,
    decisions bigint not null,
    attestations bigint not null,
    acceptances bigint not null,
    holds bigint not null,
    tombstones bigint not null,
    labels bigint not null,
    query_log bigint not null,
    noted_at timestamptz not null,
    desk_access_log bigint default 0,
    desk_marks bigint default 0,
    register_changes bigint default 0,
    erasures bigint default 0,
    redactions bigint default 0,
    age_deletions bigint default 0,
    challenges bigint default 0
);

-- What a check and the clause that calls for it say of every exception, written once per run and not beside each of
-- them; an exception says in `described_in` which run's words are its own.
create table outcome.checks (
    run_id text not null,
    check_id text not null,
    check_title text not null,
    pack text not null,
    clause text not null,
    clause_says text not null,
    why text,
    next_step text not null,
    do_not text not null,
    owner_role text not null,
    days_to_act bigint,
    -- The heading for what a check found, of one exception and of several.
    finding_one text,
    finding_many text,
    primary key (run_id, check_id)
);

-- What each label of a check's evidence was in a run: its kind, whether somebody can be known by it, whether a new
-- value brings an exception back, and whether it says whose account one is. A report of the run reads it from here.
create table outcome.check_evidence (
    run_id text not null,
    check_id text not null,
    label text not null,
    kind text not null,
    identifies boolean not null,
    changes boolean not null,
    links boolean not null
);

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

-- One small picture, made anew of decoded pixels; `picture` is the hash of the file that it was made of, with the
-- number of the frame where that is a film. `width` and `height` are the file's own.
create table desk.pictures (
    picture text primary key,
    body blob not null,
    media_type text not null,
    width bigint not null,
    height bigint not null
);

-- One row per case, side and part of a picture; side is posted or approved. Boxes are left, top, right and bottom, as
-- fractions of the picture: `box` lies round all that the part is about, `boxes` has each place by itself. The six
-- numbers of `registration` take a place in the approved photograph to where it lies in the posted picture, both as
-- fractions: x becomes a x + b y + c, and y becomes d x + e y + f. `problem` says in a sentence why there is none.
-- Nothing is shown after `expires_on`, which is null where no such time is set.
create table desk.previews (
    fingerprint text not null,
    side text not null,
    medium_id text not null,
    part bigint not null,
    picture text,
    photograph_id text,
    box double[],
    boxes double[][],
    registration double[],
    shows_people boolean,
    problem text,
    expires_on date
);

-- How many lines or texts of erased accounts a run left out of each list: the platform's own figure counts them still.
create table raw.left_out (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    listing text not null,
    accounts bigint not null,
    primary key (run_id, source, platform, account_id, listing)
);

-- What is deleted for its age is counted here until its certificate stands in the casebook: a deletion that is broken
-- off is finished by the next one. No row names anybody.
create table main.deletions_under_way (
    certificate_id text not null,
    table_name text not null,
    clock text not null,
    deleted bigint not null
);

-- The newest day that was sure to be right when something was deleted for its age, in at most one row: likely by what
-- came before, or confirmed by a person. What claims a day after it, up to `overruled_until`, was known to whoever
-- confirmed it, and set aside. No row names anybody.
create table main.sure_day (
    day date not null,
    overruled_until date
);

-- What a platform charged on its newest day, so that a thing which it charges once a day is paid for but once in the
-- ledger. A charge is a keyed hash of the thing and the day; those of a day go with the first charge of a later one.
create table main.charges (
    charged_on date not null,
    charge text primary key
);

-- Who decided, and when, that the platforms' terms and the impact assessment allow a live pull, as school.toml said it
-- when each run began. A run of a school that pulls nothing live, and has decided nothing, has no row.
create table raw.live_decisions (
    run_id text primary key,
    decided_by_role text not null,
    decided_on date not null,
    terms text not null,
    dpia text not null
);

-- What was said of texts that the newest run read, under a keyed hash of each text and of all that it was judged by.
-- No text stands here: `families` gives what it seems to be, how probably, and where in it; empty where it is nothing.
create table raw.readings (
    run_id text not null,
    sha256 text primary key,
    families text not null
);
