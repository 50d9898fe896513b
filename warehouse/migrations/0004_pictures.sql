-- Pictures by the photographs in them, and the life of a consent.

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

-- `is_fresh` says that the picture was held against all masters of that run, or needed no further look.
alter table raw.picture_verdicts add column is_fresh boolean default true;
alter table raw.picture_verdicts add column people text;
alter table raw.picture_verdicts add column face_share double;

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

-- Whether the pupil may be shown in pictures, as the register of pupils or leavers has it.
alter table raw.people add column picture_consent text;
