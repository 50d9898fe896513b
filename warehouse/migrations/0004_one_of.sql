-- Of how many people of one role an account is surely one's, where it does not show whose; null for all others.
alter table raw.matches add column one_of bigint;
