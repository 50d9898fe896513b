-- An invented protected account with a stranger, a pupil and a parent among its followers, and one that anybody sees.
insert into raw.official_accounts by name
from canary_official([['canary-protected', 'canary_protected'], ['canary-public', 'canary_public']]);

insert into raw.profiles by name
from canary_profiles([['canary-protected', 'Drillhaven School', null]], is_protected := true);

insert into raw.profiles by name
from canary_profiles([['canary-public', 'Drillhaven School', null]], is_protected := false);

insert into raw.people by name
from canary_people(
    'parents',
    [
        ['canary-unapproved-follower-parent', 'Approvely', 'canary-unapproved-follower-parent'],
        ['canary-unapproved-follower-by-name', 'Unapprovely', null]
    ]
);

insert into raw.people by name
from canary_people('pupils', [['canary-unapproved-follower-pupil', 'Protectly', 'canary-unapproved-follower-pupil']]);

insert into raw.profiles by name
from canary_profiles(
    [['canary-unapproved-follower-by-name', 'Drillwyn Unapprovely', 'Parent of two at Drillhaven School']]
);

insert into raw.follows by name
select * replace ('canary-protected' as account_id)
from canary_follows(
    [
        'canary-unapproved-follower-stranger',
        'canary-unapproved-follower-pupil',
        'canary-unapproved-follower-parent',
        'canary-unapproved-follower-by-name'
    ]
);

insert into raw.follows by name
select * replace ('canary-public' as account_id)
from canary_follows(['canary-unapproved-follower-of-public']);
