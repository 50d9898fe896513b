-- Invented registers that the school names: refreshed too long ago, tomorrow, in time, and never read.
update raw.schools
set
    registers = concat_ws(
        '; ',
        registers,
        'canary-register-old',
        'canary-register-in-time',
        'canary-register-unread',
        'canary-register-early'
    )
where run_id = $run_id;

insert into raw.registers by name
select
    $run_id as run_id,
    'canary' as source,
    registers.*,
    'self_test.csv' as file_name,
    1 as rows,
    0 as set_aside,
    'canary' as sha256
from (
    values
    ('canary-register-old', canary_day() - 32),
    ('canary-register-in-time', canary_day() - 31),
    ('canary-register-early', canary_day() + 1)
) as registers (register, refreshed_on);
