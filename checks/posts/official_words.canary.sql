-- Invented posts with hostile words of every kind, in each part of a post and in a comment of the school's own; beside
-- them kind words, a threat that is condemned, and hostile words that somebody else wrote under a post.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-official-words-threat', 'I know where you live and I am going to kill you.'],
        ['canary-official-words-hate', 'All muslims are vermin and should be deported'],
        ['canary-official-words-slur', 'You retard'],
        ['canary-official-words-abuse', 'Mrs Drillwell is a pathetic idiot'],
        ['canary-official-words-name', 'Drillmere Scornwick is a pathetic idiot'],
        ['canary-official-words-allegation', 'Mr Drillwell has been stealing from the school'],
        ['canary-official-words-obscenity', 'fuck you you wanker'],
        ['canary-official-words-kind', 'Lovely concert, well done all'],
        ['canary-official-words-condemned', 'He told us that "I am going to kill you" is never a joke.'],
        ['canary-official-words-described', 'Drill'],
        ['canary-official-words-answered', 'Drill'],
        ['canary-official-words-answered-by-another', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-official-words-title', 'Drill']], title := 'Mrs Drillwell is a pathetic idiot');

insert into raw.media by name
from canary_media(
    [['canary-official-words-described', 'canary-official-words-picture']],
    alt_text := 'Mrs Drillwell is a pathetic idiot'
);

insert into raw.people by name
from canary_people('pupils', [['canary-official-words', 'Scornwick', null]], given_names := 'Drillmere');

insert into raw.comments by name
select
    * replace (account_id as actor_id),
    'canary-official-words-answered' as post_id
from canary_comments([['canary-official-words-answer', '', 'Mrs Drillwell is a pathetic idiot']]);

insert into raw.comments by name
select
    *,
    'canary-official-words-answered-by-another' as post_id
from canary_comments(
    [['canary-official-words-other', 'canary-official-words-writer', 'Mrs Drillwell is a pathetic idiot']]
);
