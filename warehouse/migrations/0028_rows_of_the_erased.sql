-- A problem may be one of the whole file: how many of its rows have somebody who was erased, and which is not kept.
alter table raw.register_problems alter column row drop not null;
