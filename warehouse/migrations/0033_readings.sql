-- What was said of texts that the newest run read, under a keyed hash of each text and of all that it was judged by.
-- No text stands here: `families` gives what it seems to be, how probably, and where in it; empty where it is nothing.
create table raw.readings (
    run_id text not null,
    sha256 text primary key,
    families text not null
);
