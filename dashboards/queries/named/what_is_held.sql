-- title: What is held past its time, and who was forgotten
-- notes: Every hold that has not been ended, with its reason and its last day, and every tombstone by its hash.
select
    'hold' as what,
    platform,
    subject_id as subject,
    reason as detail,
    until as on_day
from casebook.holds
where ended_at is null
union all
select
    'forgotten',
    platform,
    subject_sha256,
    null,
    forgotten_on
from casebook.tombstones
order by what, on_day
