-- What the desk shows beside a case: small copies of pictures, for as long as the case stands. Schema `published` has
-- no body of them, so that no question of the copy reaches one.
create schema desk;

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
