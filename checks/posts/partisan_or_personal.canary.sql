-- Invented posts that take a side, urge a faith, advertise and are private; beside each one of the school's own
-- business.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-partisan-partisan', 'Vote Labour on Thursday!'],
        ['canary-partisan-council', 'Year 6 voted for their school council today.'],
        ['canary-partisan-religious', 'Repent and accept Jesus as your saviour today.'],
        ['canary-partisan-lesson', 'Year 4 learned about Diwali in assembly.'],
        ['canary-partisan-commercial', 'Buy now with my discount code at the Drill Emporium, while stocks last.'],
        ['canary-partisan-jumpers', 'School jumpers are on sale in the office.'],
        ['canary-partisan-personal', 'Happy anniversary to my gorgeous husband!'],
        ['canary-partisan-work', 'Thank you to everybody who came to the fair.'],
        ['canary-partisan-described', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-partisan-title', 'Drill']], title := 'Vote Labour on Thursday!');

insert into raw.media by name
from canary_media(
    [['canary-partisan-described', 'canary-partisan-picture']],
    alt_text := 'A poster: Vote Labour on Thursday!'
);
