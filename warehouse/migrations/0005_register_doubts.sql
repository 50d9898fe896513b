-- The column on which, for a row of a register that could not be read, nothing may rest that is to count as kept (the
-- row's id for all of it); and the encoding in which a register's file was read, none for a workbook.
alter table raw.register_problems add column doubts text;
alter table raw.registers add column encoding text;
