-- An invented register that the school names, and that was last refreshed long ago.
update raw.schools
set registers = registers || '; canary-register-fresh'
where run_id = $run_id;

insert into raw.registers (
    run_id, source, register, file_name, rows, set_aside, sha256, refreshed_on
)
values ($run_id, 'canary', 'canary-register-fresh', 'self_test.csv', 1, 0, 'canary', date '2001-01-01');
