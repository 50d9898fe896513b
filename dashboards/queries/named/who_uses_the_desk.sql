-- title: Who uses the desk
-- notes: Everybody who may or might sign in, their role, and when they last did something there.
select
    people.number,
    people.sign_in_name,
    people.role,
    people.is_active,
    people.made_at,
    count(looked.number) as things_done,
    max(looked.done_at) as last_done_at
from casebook.people as people
left join casebook.access_log as looked on people.number = looked.person
group by people.number, people.sign_in_name, people.role, people.is_active, people.made_at
order by people.number
