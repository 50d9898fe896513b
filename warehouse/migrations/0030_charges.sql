-- What a platform charged on its newest day, so that a thing which it charges once a day is paid for but once in the
-- ledger. A charge is a keyed hash of the thing and the day; those of a day go with the first charge of a later one.
create table main.charges (
    charged_on date not null,
    charge text primary key
);
