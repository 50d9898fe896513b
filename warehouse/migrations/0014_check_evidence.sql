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
