-- The school in the run at hand, as its settings name it; aliases and registers are separated by semicolons.
select
    schools.school_id,
    schools.school_name,
    schools.aliases,
    schools.town,
    schools.county,
    schools.website,
    schools.timezone,
    schools.registers
from raw.schools as schools
inner join core.audit on schools.run_id = audit.run_id
