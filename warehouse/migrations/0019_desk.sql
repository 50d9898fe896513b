-- How many rows the desk's access log and its marks had ever had when a run began; none in the runs before.
alter table raw.casebooks add column desk_access_log bigint default 0;
alter table raw.casebooks add column desk_marks bigint default 0;
