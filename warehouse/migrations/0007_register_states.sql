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

-- What earlier runs read is what the next one is held against.
insert into raw.register_states (run_id, register, state, why, rows)
select
    run_id,
    register,
    'whole' as state,
    'Read before registers were held against their own history.' as why,
    sum(rows) as rows
from raw.registers
group by run_id, register
having sum(rows) > 0;
