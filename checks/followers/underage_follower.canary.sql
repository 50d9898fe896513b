-- An invented follower on no register, whose bio says that its owner is five.
insert into raw.profiles by name
from canary_profile(
    'canary-underage-follower',
    'canary_underage',
    'Drillwyn Youngerly',
    bio := 'I am 5 years old'
);

insert into raw.follows by name
from canary_follow('canary-underage-follower');
