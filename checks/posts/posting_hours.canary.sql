-- Invented posts by the school's own clock, at night and at noon, on a weekday and on a Sunday, one of long ago, and
-- more on one day than are allowed.
create or replace temp table canary_clock as
select
    audit.as_of - isodow(audit.as_of)::integer - 7 as sunday,
    schools.timezone
from core.audit as audit
inner join raw.schools as schools using (run_id);

insert into raw.posts by name
select posts.* replace ((clock.sunday + times.day + times.hour) at time zone clock.timezone as posted_at)
from
    canary_posts(
        [
            ['canary-posting-hours-night', 'Drill'],
            ['canary-posting-hours-sunday-night', 'Drill'],
            ['canary-posting-hours-sunday', 'Drill'],
            ['canary-posting-hours-noon', 'Drill'],
            ['canary-posting-hours-evening', 'Drill'],
            ['canary-posting-hours-long-ago', 'Drill'],
            ['canary-posting-hours-1', 'Drill'],
            ['canary-posting-hours-2', 'Drill'],
            ['canary-posting-hours-3', 'Drill']
        ]
    ) as posts
inner join (
    values
    ('canary-posting-hours-night', -4, time '03:00:00'),
    ('canary-posting-hours-sunday-night', 0, time '03:00:00'),
    ('canary-posting-hours-sunday', 0, time '12:00:00'),
    ('canary-posting-hours-noon', -4, time '12:00:00'),
    ('canary-posting-hours-evening', -3, time '20:00:00'),
    ('canary-posting-hours-long-ago', -32, time '03:00:00'),
    ('canary-posting-hours-1', -5, time '12:00:00'),
    ('canary-posting-hours-2', -5, time '12:00:00'),
    ('canary-posting-hours-3', -5, time '12:00:00')
) as times (post_id, day, hour) using (post_id)
cross join canary_clock as clock;
