"""What a profile says of its owner's past and future: work that is over, a school that was left or is to come."""

import re
from functools import cache

from engines.people.cues.words import cue_words
from engines.text.folding import fold

_LEFT = (
    r"left|escaped|used to (?:go|be|attend|teach|work)(?: (?:to|at|in|for))?|was a pupil at|dropped out of|"
    r"graduated from|(?:got |was )?(?:expelled|kicked out|excluded) from"
)
_WENT = r"(?:went to|was at|finished(?: at)?|miss(?:ing)? my)"
_ENDS = r"(?= *(?:$|[^\w\s]| (?:in (?:19|20)\d\d|back in|days|back when)\b))"
_IN_PLAY = (
    r"roblox|minecraft|fortnite|fifa|gymnast|dancer|ballerina|footballer|goalkeeper|vegan|boyfriend|girlfriend|bf|gf"
)
_FORMER = re.compile(
    rf"\b(?:ex(?![ -](?:{_IN_PLAY})\b)|formerly|former|retired from|"
    r"left (?:school |teaching )?(?:\w+ )?(?:in )?(?:20)?\d\d)\b(?! @)",
    re.IGNORECASE,
)
_FORMER_HINTS = ("ex", "former", "retired from", "left")


def left_ours(ours: str, our_school: str) -> re.Pattern[str]:
    """Return what finds that somebody left our school, or our town: `used to go OVS`, `escaped Ousterly`.

    `ours` and `our_school` are alternatives of names, of both and of the school alone: who went to a town may be back.
    """
    then = r"in (?:the (?:19)?[5-9]0s|(?:19)[5-9]\d)"
    return re.compile(
        rf"\b(?:{_LEFT}) (?:the )?(?:{ours})\b|\b{_WENT} (?:the )?(?:{our_school})\b{_ENDS}|"
        rf"\b(?:{our_school}) {then}\b",
        re.IGNORECASE,
    )


def says_former(bio: str) -> bool:
    """Say whether a bio says that its owner's time somewhere, or work in a school, is over."""
    small = bio.lower()
    is_former = any(hint in small for hint in _FORMER_HINTS) and _FORMER.search(bio) is not None
    return is_former or without_past_work(bio) != bio


# When somebody goes to a school that is not yet theirs; what says so by itself; what says that it is theirs already.
_NEXT = r"next (?:year|sept\w*|autumn|term)|soon"
_WHEN = (
    rf"(?:{_NEXT}|(?:in|this|from|for|come) (?:the |early |late )?(?:next )?(?:sept\w*|autumn|20\d\d)|"
    r"sept\w* (?:20)?\d\d|after (?:my |the |all )?(?:gcses?|sats|summer|exams|y(?:ea)?r? ?\d+|leaving))\b"
)
_GOES = (
    r"\b(?:going|goin|gonna|off|moving|heading|headed|transferring|starting|start|joining|accepted|hop\w+|will|ill|"
    r"place|offer|excited|leaving for|onto|on to)\b"
)
_TO_COME = re.compile(
    rf"{_GOES}.*\b{_WHEN}|\b{_WHEN}.*{_GOES}|\bnext year\b|^next stop\b|^(?:a )?future\b.*\b(?:student|pupil)$|"
    r"\bsoon to be\b|\bappl(?:ying|ied) (?:to|for)\b|\bhoping to (?:go|get|be)\b|\bbound$|\bhere (?:i|we) come$|"
    r"^ca ?nt wait for\b"
)
_NOT_TO_COME = re.compile(
    r"\b(?:til|till|until|since|now|was|been|moved|started|joined|left|last|from (?!sept|the autumn|next|20\d\d))\b"
)


def is_to_come(part: str) -> bool:
    """Say whether a part of a profile speaks of a school to which its owner goes next year, and not of one of now."""
    said = fold(part)
    return _TO_COME.search(said) is not None and _NOT_TO_COME.search(said) is None


def without_past_work(text: str) -> str:
    """Return a text without work in a school that is over: of `retired maths teacher` the first word is left."""
    small = text.lower()
    return _past_work().sub(r"\1", text) if any(hint in small for hint in ("retired", "ex ", "ex-", "former")) else text


@cache
def _past_work() -> re.Pattern[str]:
    jobs, of = "|".join([*cue_words()["job"], "ta"]), "|".join(cue_words()["of_job"])
    return re.compile(rf"\b(retired|ex|former|formerly)[ -]+(?:(?:{of}) ){{0,2}}?(?:{jobs})\b", re.IGNORECASE)


# What somebody was before what they are now, and a place where they were: `ex pupil now head of year`, `ex-Ipswich`.
_WAS = re.compile(r"\b(?:ex|former(?:ly)?|used to)\b[^|\n]{0,60}?\bnow\b|\bex-[A-Z]\w+", re.IGNORECASE)


def without_what_was(bio: str, ours: re.Pattern[str]) -> str:
    """Return a bio without what its owner was, where the rest names our school (`ours`) and what goes does not."""
    if "now" not in bio and "ex-" not in bio.lower():
        return bio
    return _WAS.sub(lambda was: was[0] if ours.search(was[0]) else " ", bio) if ours.search(_WAS.sub(" ", bio)) else bio
