-- Invented followers whose bio or display name gives an age, a year of birth or a school year, or sounds like a
-- child's.
insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-underage-follower-bio', 'Drillwyn', 'I am 5 years old'],
        ['canary-underage-follower-name', 'Drillwyn, aged 12', 'Drill'],
        ['canary-underage-follower-both', 'Drillwyn, aged 12', 'I am 14 years old'],
        ['canary-underage-follower-year', 'Drillwyn', 'I am in Year 2'],
        [
            'canary-underage-follower-born',
            'Drillwyn',
            (
                select 'Born in ' || year(as_of) - 5
                from core.audit
            )
        ],
        ['canary-underage-follower-words', 'Drillwyn', 'my mum helps me make videos im just a kid'],
        ['canary-underage-follower-old', 'Drillwyn, aged 13', 'I am 13 years old'],
        ['canary-underage-follower-mother', 'Drillwyn', 'My daughter is 5 years old'],
        ['canary-underage-follower-left', 'Drillwyn', 'I am 5 years old'],
        ['canary-underage-follower-silent', 'Drillwyn', 'Gardens and long walks']
    ]
);

insert into raw.follows by name
from canary_follows(
    [
        'canary-underage-follower-bio',
        'canary-underage-follower-name',
        'canary-underage-follower-both',
        'canary-underage-follower-year',
        'canary-underage-follower-born',
        'canary-underage-follower-words',
        'canary-underage-follower-old',
        'canary-underage-follower-mother',
        'canary-underage-follower-silent'
    ]
);

insert into raw.follows by name
from canary_followed(['canary-underage-follower-left']);

insert into raw.proofs by name
from canary_gone(['canary-underage-follower-left']);
