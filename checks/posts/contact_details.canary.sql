-- An invented post with a telephone number from the range that Ofcom keeps for drama.
insert into raw.posts by name
from canary_post('canary-contact-details', 'Ring the class teacher at home on 07700 900123.');
