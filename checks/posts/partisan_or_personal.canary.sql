-- An invented post that advertises an invented shop.
insert into raw.posts by name
from canary_post(
    'canary-partisan-or-personal',
    'Buy now with my discount code at the Drill Emporium, while stocks last.'
);
