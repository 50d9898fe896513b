"""What a sentence's words let one guess: how strongly it obliges, whom it binds, whether it is a heading."""

import re
from typing import Literal

Guess = Literal["must", "should", "may"]

LONGEST_HEADING = 12
LONGEST_LABEL = 4  # "Headteachers:" heads a part of the policy; a longer line with a colon leads into a list

_MUST = (
    *("must", "shall", "will", "required", "requirement", "prohibited", "forbidden", "unacceptable", "inappropriate"),
    *("never", "cannot", "can only", "may not", "may only", "under no circumstances", "do not", "(?:are|is) not to"),
    *("is to be", "are to", "(?:staff|teacher|headteacher|governor|parent|pupil|school|anyone|everyone) is to"),
    *("ha(?:ve|s) to", "needs? to", "responsible for", "responsibility", "illegal", "unlawful"),
    r"(?:not|only)\s+(?:be\s+|considered\s+)?(?:permit(?:ted)?|allow(?:ed)?|accept(?:able)?|tolerated?)",
)
_SHOULD = (
    *("should", "ought", "expect(?:s|ed)?", "advised?", "recommend(?:ed)?", "(?:en|dis)couraged?"),
    "(?:is|are) asked",
)
_MAY = ("may", "permitted", "allowed", "entitled")


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_FORCES: tuple[tuple[Guess, re.Pattern[str]], ...] = (
    ("must", _any_of(*_MUST)),
    ("should", _any_of(*_SHOULD)),
    ("may", _any_of(*_MAY)),
)
_MODAL = _any_of("must", "shall", "will", "should", "may", "never", "cannot", "not", "to be", "required", "prohibited")
_ORDER = re.compile(
    r"^(?:please\s+)?(?:do|not|don['\u2019]t|ensure|avoid|keep|use|report|check|remember|be)\b", re.IGNORECASE
)
_BOUND = (
    ("headteacher", _any_of(r"head\s?-?teachers?", "principal", "head of school")),
    ("governors", _any_of("govern(?:ors?|ing)")),
    ("parents", _any_of("parents?", "carers?", "famil(?:y|ies)")),
    ("staff", _any_of("staff", "employees?", "teachers?", "volunteers?", "adults?", "colleagues?")),
    ("pupils", _any_of("pupils?", "students?", "child(?:ren)?", "learners?")),
)
PLACE = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2})+)[.)]?|(\d{1,2})[.)]|([A-Z])[.)])\s+(?=\S)")


def force_of(sentence: str) -> Guess | None:
    """Return how strongly a sentence seems to oblige, by its words; None when it does not."""
    for force, words in _FORCES:
        if words.search(sentence):
            return force
    return "must" if _ORDER.match(sentence) else None


def binds(sentence: str, heading: str) -> str:
    """Return whom a sentence seems to bind: who is named before its verb, else in its heading, else at all."""
    verb = min((match.start() for _, words in _FORCES if (match := words.search(sentence))), default=0)
    for part in (sentence[:verb], heading, sentence):
        places = [(match.start(), who) for who, words in _BOUND if (match := words.search(part))]
        if places:
            return min(places)[1]
    return "school"


def is_heading(line: str) -> bool:
    """Say whether a line seems to head a part of the policy rather than to say something."""
    words = len(line.split())
    if not any(map(str.isalpha, line)) or line.endswith((".", ";", ",", "?", "!", ":-")):
        return False
    if line.endswith(":"):
        return words <= LONGEST_LABEL and force_of(line) is None
    longest = LONGEST_HEADING * 2 if PLACE.match(line) else LONGEST_HEADING
    is_name = not _MODAL.search(line) and force_of(line) in {None, "must"}  # "Inappropriate use" obliges nobody yet
    return line.isupper() or (words <= longest and is_name)
