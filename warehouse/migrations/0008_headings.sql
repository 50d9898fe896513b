-- What became of each heading of a register file, and what is like a photograph's file that is not there.

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

-- The file in the photographs folder whose name is most like the one that the register gives and that is not there.
alter table raw.masters add column nearest text;
