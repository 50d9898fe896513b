-- Invented official accounts of a school with a website: one that shows all, and others that each lack one thing.
update raw.schools
set website = 'https://www.drill.example'
where run_id = $run_id;

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
from canary_profiles([['canary-profile-whole', (select school_name from core.audit), 'office@drill.example']], url := 'https://drill.example/home', picture := 'https://pictures.example/drill.png');

insert into raw.profiles by name
from canary_profiles([['canary-profile-nameless', 'Drill', 'www.drill.example, office@drill.example']], picture := 'https://pictures.example/drill.png');

insert into raw.profiles by name
from canary_profiles([['canary-profile-faceless', (select school_name from core.audit), 'Drill, www.drill.example, office@drill.example']], picture := 'https://pictures.example/default_profile_images/normal.png');

insert into raw.profiles by name
from canary_profiles([['canary-profile-siteless', (select school_name from core.audit), 'office@drill.example']], url := 'https://elsewhere.example', picture := 'https://pictures.example/drill.png');

insert into raw.profiles by name
from canary_profiles([['canary-profile-addressless', (select school_name from core.audit), 'office@elsewhere.example']], url := 'https://drill.example', picture := 'https://pictures.example/drill.png');
