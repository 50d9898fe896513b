"""What a bio says beside a name that is not its owner's but a friend's, a relative's or a love's."""

import re
from functools import cache
from typing import NamedTuple

from engines.people.cues.words import cue_words

# A heart, a kiss, eyes for somebody.
LOVE = re.compile(
    "<3|[\u2661\u2665\u2763\u2764\U0001f48b-\U0001f49f\U0001f5a4\U0001f90d\U0001f90e\U0001f9e1\U0001fa75-\U0001fa77"
    "\U0001f60d\U0001f618\U0001f970\U0001faf6]"
)


class _Phrases(NamedTuple):
    """What a bio says beside a friend's name, in the part before or after, before a list, and before a handle."""

    beside: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    anywhere: re.Pattern[str]
    whose: re.Pattern[str]
    own: re.Pattern[str]


@cache
def phrases_of_others() -> _Phrases:
    """Return what finds, in folded texts, that a name in a bio is a friend's, a relative's or a love's."""
    friend, dear = (f"(?:{'|'.join(cue_words()[kind])})(?:s|es)?" for kind in ("friend", "dear"))
    my = rf"(?:my|our) (?:(?!is |are |my )\w+ ){{0,2}}?(?:{friend}|{dear})"
    plain = r"(?:(?:is|was|are|s|the|a|so|really|always|forever|literally|only|just|no 1|number 1|best|real) )*"
    address = (
        r"(?:x[xo]* )*(?:i )?(?:[ia]?lysm\w*|ily\w*|(?:4|for) ?ev?(?:er|a)$|"
        r"(?:love|luv|miss|hate|fancy) (?:you|u|ya|him|her))(?! all| guys| lot)"
    )
    close = rf"(?:{my}|{friend})"
    not_own = r"(?! (?:of|to|2|with|for|is|are|called|named)\b)"
    tail = r"(?: (?:forever|4\s?\w+|for life|always|ever|since \w+|irl|fr|xx*|too|ily\w*|here))*"
    to_whom = r"(?:i |we )?(?:love|luv|miss|fancy|adore|stan|hate)(?: (?:you|u))?"
    you = r"(?:you|u) (?:are|r)|youre|ur"
    together = rf"(?:and |n |x )?(?:me|us)$|(?:and|n) (?:\w+ ){{1,3}}(?:are|r) {plain}{close}\b"
    return _Phrases(
        re.compile(rf"(?:{plain}(?:{close}|fan|stan)\b{not_own}|{address}\b|{together}|"
                   rf"(?:{you}) {plain}(?:{close}|best)\b)"),
        re.compile(rf"(?:i|we|me and|me n|dating|taken by|taken|in love (?:with|w)|rip|ily\w*|{to_whom}|"
                   rf"(?:love |and |with )?{plain}{close}(?: (?:is|are|r|s|w|with))?)"),
        re.compile(rf"(?:(?:shes|hes|she is|he is|thats|{you}) )?{plain}{close}{tail}|(?:thats )?not me|{address}"),
        re.compile(rf"\b{close}\b"),
        re.compile(rf"\b(?:{friend}|{dear}|his|her|their)(?: s| is)?(?: (?:new|other|main|real|private))?(?: on)?$"),
        re.compile(r"(?:is|s|thats) (?:me\b|my (?:\w+ )?(?:name|nickname|main|acc|account|user|username|alt|spam)\b)"),
    )  # fmt: skip
