-- title: Who asked what, and why
-- notes: Every question with its purpose, its SQL and values, the tables that it read, and how many rows it gave or why none.
-- takes: since (day, may be left out) the first day that counts
select
    questions.number,
    questions.asked_at,
    coalesce(people.sign_in_name, questions.by_user) as asked_by,
    questions.role,
    questions.purpose,
    questions.sql,
    questions.parameters,
    answers.outcome,
    answers.tables_read,
    coalesce(answers.rows, questions.rows) as rows_given,
    coalesce(answers.problem, questions.problem) as problem
from casebook.questions as questions
left join casebook.answers as answers on questions.number = answers.question
left join casebook.people as people on questions.person = people.number
where $since is null or questions.asked_at >= cast($since as date)
order by questions.number
