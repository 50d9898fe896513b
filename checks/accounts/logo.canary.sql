-- Invented official accounts: one whose profile picture shows another picture than the logo, and one that shows it.
insert into raw.official_accounts by name
from canary_official([['canary-logo-other', 'canary_other'], ['canary-logo-shown', 'canary_shown']]);

insert into raw.profiles by name
from canary_profiles(
    [['canary-logo-other', 'Drillhaven School', null], ['canary-logo-shown', 'Drillhaven School', null]],
    picture := 'https://pictures.example/drill.png'
);

insert into raw.profile_pictures by name
select
    canary_place.run_id,
    canary_place.platform,
    pictures.account_id,
    pictures.is_shown
from canary_place
cross join (values ('canary-logo-other', false), ('canary-logo-shown', true)) as pictures (account_id, is_shown);
