-- What a decision about an exception is about, a hash for each kind (whom, which words, which picture, which facts) in
-- JSON; and the decision that fell because the case is about something else now: what it was, its day, and which kinds.
alter table outcome.exceptions add column about text;
alter table outcome.exceptions add column fallen_decision text;
alter table outcome.exceptions add column fallen_on date;
alter table outcome.exceptions add column fallen_for varchar[];
alter table outcome.unread_texts add column about text;
