-- The rows of the registers in the run at hand that could not be read, by the column that nothing may rest on for that.
-- rows is 0 where it is the whole file.
select
    problems.register,
    problems.doubts as column_name,
    count(distinct problems.row) as rows,
    list_sort(list(distinct problems.row)) as numbers
from raw.register_problems as problems
inner join core.audit on problems.run_id = audit.run_id
where problems.doubts is not null
group by all
