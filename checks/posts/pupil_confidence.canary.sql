-- Invented posts that tell what a school knows of a pupil in confidence, in each part of a post and in a comment of the
-- school's own; beside them the same matters where they are nobody's, and what others wrote.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-pupil-confidence-needs', 'One of our pupils was diagnosed with autism.'],
        ['canary-pupil-confidence-health', 'A pupil is in hospital with meningitis.'],
        ['canary-pupil-confidence-care', 'Our Year 4 boy is in foster care.'],
        ['canary-pupil-confidence-exclusion', 'A pupil was excluded for three days.'],
        ['canary-pupil-confidence-home', 'One of our pupils is living in a hostel.'],
        ['canary-pupil-confidence-money', 'Our pupil is on free school meals.'],
        ['canary-pupil-confidence-safeguarding', 'A pupil is on a child protection plan.'],
        ['canary-pupil-confidence-name', 'Drillmere has asthma.'],
        ['canary-pupil-confidence-week', 'Autism Awareness Week assembly'],
        ['canary-pupil-confidence-visit', 'Year 4 sang at the care home.'],
        ['canary-pupil-confidence-zone', 'There is an exclusion zone around the crane.'],
        ['canary-pupil-confidence-parents', 'Free school meals: apply at the office.'],
        ['canary-pupil-confidence-teacher', 'Mrs Drillwell has asthma.'],
        ['canary-pupil-confidence-plain', 'One of our pupils won the chess cup.'],
        ['canary-pupil-confidence-described', 'Drill'],
        ['canary-pupil-confidence-answered', 'Drill'],
        ['canary-pupil-confidence-answered-by-another', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-pupil-confidence-title', 'Drill']], title := 'A pupil is in hospital');

insert into raw.media by name
from canary_media(
    [['canary-pupil-confidence-described', 'canary-pupil-confidence-picture']],
    alt_text := 'A card: one of our pupils is in hospital'
);

insert into raw.people by name
from canary_people('pupils', [['canary-pupil-confidence', 'Confideham', null]], given_names := 'Drillmere');

insert into raw.comments by name
select
    * replace (account_id as actor_id),
    'canary-pupil-confidence-answered' as post_id
from canary_comments([['canary-pupil-confidence-answer', '', 'A pupil is in hospital with meningitis.']]);

insert into raw.comments by name
select
    *,
    'canary-pupil-confidence-answered-by-another' as post_id
from canary_comments(
    [['canary-pupil-confidence-other', 'canary-pupil-confidence-writer', 'A pupil is in hospital with meningitis.']]
);
