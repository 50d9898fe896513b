-- Whether a platform shows a place beside a post; null where it does not say.
alter table raw.posts add column has_place boolean;
