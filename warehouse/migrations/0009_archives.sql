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
