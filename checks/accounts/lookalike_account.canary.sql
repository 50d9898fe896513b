-- Accounts on no register of accounts that bear the invented school's name, or the handle of an invented official
-- account, and touch the school in each way, and a page about a pupil; beside them a parent's, the pupil's own, and one
-- that stands on the register.
insert into raw.official_accounts by name
from canary_official([['canary-lookalike-account-ours', 'drillwynacademy']]);

insert into raw.people by name
from canary_people('pupils', [['canary-lookalike-account-pupil', 'Plantmoor', null]], year_group := '8');

insert into raw.registered_accounts (run_id, source, platform, account_id, handle)
select
    run_id,
    source,
    platform,
    'canary-lookalike-account-registered' as account_id,
    'drill_registered' as handle
from canary_place;

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-lookalike-account-follower', 'DRILLHAVEN SCHOOL', null],
        ['canary-lookalike-account-registered', 'DRILLHAVEN SCHOOL', null],
        ['canary-lookalike-account-commenter', 'DRILLHAVEN SCHOOL', null],
        ['canary-lookalike-account-followed', 'DRILLHAVEN SCHOOL', null],
        ['canary-lookalike-account-reposter', 'DRILLHAVEN SCHOOL', null],
        ['canary-lookalike-account-answered', 'DRILLHAVEN SCHOOL', null],
        ['canary-lookalike-account-parent', 'Parent at Drillhaven School', null],
        ['canary-lookalike-account-memes', 'Drillwyn Plantmoor memes', 'Year 8 at Drillhaven School'],
        ['canary-lookalike-account-pupil', 'Drillwyn Plantmoor', 'Year 8 at Drillhaven School']
    ]
);

insert into raw.profiles by name
from canary_profiles([['canary-lookalike-account-letter', 'Quietly', null]], handle := 'drillwynacademi');

insert into raw.profiles by name
from canary_profiles([['canary-lookalike-account-affix', 'Quietly', null]], handle := 'drillwynacademy_official');

insert into raw.profiles by name
from canary_profiles([['canary-lookalike-account-unlike', 'Quietly', null]], handle := 'drillwynswimmers');

insert into raw.follows by name
from canary_follows(
    [
        'canary-lookalike-account-follower',
        'canary-lookalike-account-registered',
        'canary-lookalike-account-parent',
        'canary-lookalike-account-memes',
        'canary-lookalike-account-pupil',
        'canary-lookalike-account-letter',
        'canary-lookalike-account-affix',
        'canary-lookalike-account-unlike'
    ]
);

insert into raw.follows by name
from canary_follows(['canary-lookalike-account-followed'], direction := 'following');

insert into raw.comments by name
from canary_comments([['canary-lookalike-account-comment', 'canary-lookalike-account-commenter', 'Drill']]);

insert into raw.posts by name
from canary_posts([['canary-lookalike-account-post', 'Quietly', 'canary-lookalike-account-answered']], kind := 'reply');

insert into raw.reposts by name
select
    canary_place.*,
    'canary-lookalike-account-post' as post_id,
    'canary-lookalike-account-reposter' as actor_id
from canary_place;
