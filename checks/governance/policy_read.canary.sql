-- An edition of two hundred days ago, and invented staff: one who has read it and was trained, and others who each lack
-- one thing.
update raw.policies
set adopted_on = canary_day() - 200
where run_id = $run_id and not starts_with(pack, 'canary');

insert into raw.people by name
select
    $run_id as run_id,
    'canary' as source,
    'staff' as register,
    staff.*,
    'Drillwyn' as given_names
from (
    values
    ('canary-policy-read-both', 'Readly', (canary_day() - to_months(6))::date, (canary_day() - to_months(12))::date),
    ('canary-policy-read-never', 'Neverly', null, canary_day()),
    ('canary-policy-read-old', 'Oldly', (canary_day() - to_months(6))::date - 1, canary_day()),
    ('canary-policy-read-edition', 'Editionly', canary_day() - 201, canary_day()),
    ('canary-policy-read-untrained', 'Untrainly', canary_day(), null),
    ('canary-policy-read-trained', 'Trainly', canary_day(), (canary_day() - to_months(12))::date - 1)
) as staff (person_id, surname, policy_read_on, trained_on);
