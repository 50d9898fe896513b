-- title: Who said that a case is wrong, and what came of it
-- notes: One row for each challenge, the oldest first: the last day to answer it, and the answer, by whom and when. An answer that is missing has not been given.
-- takes: since (day, may be left out) the first day of being told that counts
with steps as (
    select
        *,
        lead(step) over (partition by fingerprint order by sequence) as answer,
        lead(by_role) over (partition by fingerprint order by sequence) as answered_by,
        lead(made_at) over (partition by fingerprint order by sequence) as answered_at
    from casebook.challenges
)

select
    fingerprint,
    raised_by,
    received_on,
    received_on + 30 as answer_by,
    answer,
    answered_by,
    answered_at
from steps
where step = 'opened' and ($since is null or received_on >= cast($since as date))
order by received_on, fingerprint
