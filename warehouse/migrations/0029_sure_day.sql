-- The newest day that was sure to be right when something was deleted for its age, in at most one row: likely by what
-- came before, or confirmed by a person. What claims a day after it, up to `overruled_until`, was known to whoever
-- confirmed it, and set aside. No row names anybody.
create table main.sure_day (
    day date not null,
    overruled_until date
);
