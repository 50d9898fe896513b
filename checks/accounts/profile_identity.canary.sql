-- Invented official accounts: one that shows all, and others that each lack one thing.
insert into raw.official_accounts by name
from canary_official(
    [
        ['canary-profile-whole', 'canary_whole'],
        ['canary-profile-nameless', 'canary_nameless'],
        ['canary-profile-faceless', 'canary_faceless'],
        ['canary-profile-siteless', 'canary_siteless'],
        ['canary-profile-addressless', 'canary_addressless']
    ]
);

insert into raw.profiles by name
from canary_profiles(
    [['canary-profile-whole', 'Drillhaven School', 'office@drillhaven.example']],
    url := 'https://drillhaven.example/home',
    picture := 'https://pictures.example/drill.png'
);

insert into raw.profiles by name
from canary_profiles(
    [['canary-profile-nameless', 'Nobody at all', 'www.drillhaven.example, office@drillhaven.example']],
    picture := 'https://pictures.example/drill.png'
);

insert into raw.profiles by name
from canary_profiles(
    [['canary-profile-faceless', 'Drillhaven School', 'Drill, www.drillhaven.example, office@drillhaven.example']],
    picture := 'https://pictures.example/default_profile_images/normal.png'
);

insert into raw.profiles by name
from canary_profiles(
    [['canary-profile-siteless', 'Drillhaven School', 'office@drillhaven.example']],
    url := 'https://elsewhere.example',
    picture := 'https://pictures.example/drill.png'
);

insert into raw.profiles by name
from canary_profiles(
    [['canary-profile-addressless', 'Drillhaven School', 'office@elsewhere.example']],
    url := 'https://drillhaven.example',
    picture := 'https://pictures.example/drill.png'
);
