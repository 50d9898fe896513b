-- Invented posts that tell something personal about invented teachers; beside them one about their work.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-staff-discussed-health', 'Get well soon, Mrs Drillwell! We hope that the operation goes well.'],
        ['canary-staff-discussed-pregnancy', 'Mrs Drillwell is pregnant and due in May.'],
        ['canary-staff-discussed-family', 'Congratulations to Mr Drillwell and his wife on their baby.'],
        ['canary-staff-discussed-age', 'Mr Drillwell turns 50 today!'],
        ['canary-staff-discussed-home', 'Mr Drillwell is moving house to Drill Lane.'],
        ['canary-staff-discussed-belief', 'Mr Drillwell is a devout Christian.'],
        ['canary-staff-discussed-pay', 'Mr Drillwell earns 40,000 pounds a year.'],
        ['canary-staff-discussed-discipline', 'Mr Drillwell has been suspended from work.'],
        ['canary-staff-discussed-work', 'Mrs Drillwell''s class built a model hospital'],
        ['canary-staff-discussed-described', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-staff-discussed-title', 'Drill']], title := 'Get well soon, Mrs Drillwell!');

insert into raw.media by name
from canary_media(
    [['canary-staff-discussed-described', 'canary-staff-discussed-picture']],
    alt_text := 'A card: Get well soon, Mrs Drillwell!'
);
