-- Invented comments with hostile words of every kind, where others write: on X in replies, mentions and quotes too.
insert into raw.comments by name
from canary_comments(
    [
        [
            'canary-abusive-comment-threat',
            'canary-abusive-comment-writer',
            'I know where you live and I am going to kill you.'
        ],
        [
            'canary-abusive-comment-lure',
            'canary-abusive-comment-writer',
            'Add my snap: moth_lamp9 and dont tell your mum'
        ],
        [
            'canary-abusive-comment-hate',
            'canary-abusive-comment-writer',
            'All muslims are vermin and should be deported'
        ],
        ['canary-abusive-comment-slur', 'canary-abusive-comment-writer', 'You retard'],
        ['canary-abusive-comment-abuse', 'canary-abusive-comment-writer', 'Mrs Drillwell is a pathetic idiot'],
        [
            'canary-abusive-comment-allegation',
            'canary-abusive-comment-writer',
            'Mr Drillwell has been stealing from the school'
        ],
        ['canary-abusive-comment-obscenity', 'canary-abusive-comment-writer', 'fuck you you wanker'],
        ['canary-abusive-comment-name', 'canary-abusive-comment-writer', 'Drillmere Scornly is a pathetic idiot'],
        ['canary-abusive-comment-kind', 'canary-abusive-comment-writer', 'Lovely concert, well done all'],
        [
            'canary-abusive-comment-office',
            'canary-abusive-comment-writer',
            'Ring the office on 01632 960155 if you are stuck'
        ],
        [
            'canary-abusive-comment-condemned',
            'canary-abusive-comment-writer',
            'He told us that "I am going to kill you" is never a joke.'
        ]
    ]
);

insert into raw.people by name
from canary_people('pupils', [['canary-abusive-comment', 'Scornly', null]], given_names := 'Drillmere');

insert into raw.comments by name
from canary_comments(
    [['canary-abusive-comment-quote', 'canary-abusive-comment-writer', 'I am going to kill you']],
    kind := 'quote'
);

insert into raw.comments by name
from canary_comments(
    [['canary-abusive-comment-mention', 'canary-abusive-comment-writer', 'I am going to kill you']],
    kind := 'mention'
);

insert into raw.comments by name
from canary_comments(
    [['canary-abusive-comment-reply', 'canary-abusive-comment-writer', 'I am going to kill you']],
    kind := 'reply'
);

insert into raw.comments by name
select * replace (account_id as actor_id)
from canary_comments([['canary-abusive-comment-own', '', 'I am going to kill you']]);

insert into raw.people by name
from canary_people('pupils', [['canary-abusive-comment-pupil', 'Scornlow', 'canary-abusive-comment-pupil']]);

insert into raw.people by name
from canary_people('leavers', [['canary-abusive-comment-leaver', 'Scornham', 'canary-abusive-comment-leaver']]);

insert into raw.people by name
from canary_people('parents', [['canary-abusive-comment-parent', 'Scornby', 'canary-abusive-comment-parent']]);

insert into raw.people by name
from canary_people('staff', [['canary-abusive-comment-staff', 'Scornwick', 'canary-abusive-comment-staff']]);

insert into raw.people by name
from canary_people(
    'governors',
    [['canary-abusive-comment-governor', 'Scornborough', 'canary-abusive-comment-governor']]
);

insert into raw.comments by name
from canary_comments(
    [
        ['canary-abusive-comment-by-pupil', 'canary-abusive-comment-pupil', 'I am going to kill you'],
        ['canary-abusive-comment-by-leaver', 'canary-abusive-comment-leaver', 'I am going to kill you'],
        ['canary-abusive-comment-by-parent', 'canary-abusive-comment-parent', 'I am going to kill you'],
        ['canary-abusive-comment-by-staff', 'canary-abusive-comment-staff', 'I am going to kill you'],
        ['canary-abusive-comment-by-governor', 'canary-abusive-comment-governor', 'I am going to kill you']
    ]
);
