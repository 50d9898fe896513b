-- Invented policies beside the school's own, in a table without its key: the days of some are over, of others not
-- quite.
create or replace table raw.policies as
from raw.policies;

insert into raw.policies by name
select
    $run_id as run_id,
    policies.*,
    'Drill' as title,
    'Drill' as edition
from (
    values
    ('canary-policy-late', canary_day() - 2000, canary_day() - 1),
    ('canary-policy-today', canary_day() - 2000, canary_day()),
    ('canary-policy-old', canary_day() - 1097, null),
    ('canary-policy-not-old', canary_day() - 1096, null),
    ('canary-policy-dateless', null, null)
) as policies (pack, adopted_on, review_by);
