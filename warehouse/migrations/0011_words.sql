-- Tables and columns that readers never see take the words that the program uses now.
alter table raw.walks rename to listings;
alter table raw.listings rename column walk to listing;
alter table raw.pages rename column walk to listing;
alter table raw.gates rename to quality_checks;
alter table raw.quality_checks rename column gate to quality_check;
update raw.quality_checks set populations = replace(populations, '_sight', '_coverage');
alter table outcome.sight rename to account_coverage;
