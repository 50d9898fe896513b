-- Who decided, and when, that the platforms' terms and the impact assessment allow a live pull, as school.toml said it
-- when each run began. A run of a school that pulls nothing live, and has decided nothing, has no row.
create table raw.live_decisions (
    run_id text primary key,
    decided_by_role text not null,
    decided_on date not null,
    terms text not null,
    dpia text not null
);
