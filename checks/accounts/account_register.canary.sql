-- A second line for the official account on its register, which nobody approved, and a register that was read.
insert into raw.registers (run_id, source, register, file_name, rows, set_aside, sha256, refreshed_on)
select
    run_id,
    'canary' as source,
    'accounts' as register,
    'canary-account-register' as file_name,
    1 as rows,
    0 as set_aside,
    'canary' as sha256,
    as_of as refreshed_on
from raw.runs
where run_id = $run_id;

insert into raw.registered_accounts (run_id, source, platform, account_id, handle, purpose)
values ($run_id, 'canary', $platform, $account_id, 'canary_account_register', 'canary');
