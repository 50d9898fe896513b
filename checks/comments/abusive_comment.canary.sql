-- An invented threat: on X a reply, on YouTube a comment.
insert into raw.comments by name
from canary_comment(
    'canary-abusive-comment',
    'canary-abusive-comment-account',
    'I know where you live and I am going to kill you.'
);
