-- An invented post of the day of the run, with a photograph that no text describes.
insert into raw.posts by name
from canary_post(
    'canary-alt-text-post',
    'Drill',
    posted_at := (
        select as_of::timestamp at time zone 'UTC'
        from raw.runs
        where run_id = $run_id
    )
);

insert into raw.media by name
from canary_medium('canary-alt-text-post', 'canary-alt-text');
