-- An invented post about the health of an invented teacher.
insert into raw.posts by name
from canary_post(
    'canary-staff-discussed',
    'Get well soon, Mrs Drillwell! We hope that the operation goes well.'
);
