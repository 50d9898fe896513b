select
    core.folded_roll_id(people.person_id) as person,
    runs.as_of,
    list(people.register),
    lower(string_agg(concat_ws(' ', full_name, given_names, surname, known_as, other_names), ' ')),
    list('x ' || lower(ltrim(x_account, '@'))) || list('youtube ' || lower(ltrim(youtube_account, '@')))
from raw.people as people
inner join raw.runs as runs on people.run_id = runs.run_id
where list_contains($people::varchar[], core.folded_roll_id(people.person_id)) and runs.as_of <= $today
group by person, runs.as_of
order by runs.as_of
