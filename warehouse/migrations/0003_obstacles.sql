-- What ended the approval of the photograph that a part of a picture shows, in a word; a row that ended it may be gone.
alter table raw.picture_parts add column obstacle text;
