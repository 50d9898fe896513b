"""What a sentence's words let one guess: how strongly it obliges, whom it binds, whether it is a heading."""

import re
from typing import Literal, get_args

from policies.toml_text import packaged_toml

Guess = Literal["must", "should", "may"]

LONGEST_HEADING = 12
LONGEST_LABEL = 4  # "Headteachers:" heads a part of the policy; a longer line with a colon leads into a list


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_WORDS = packaged_toml("policies", "guesses.toml")
_FORCES: list[tuple[Guess, re.Pattern[str]]] = [(force, _any_of(*_WORDS[force])) for force in get_args(Guess)]
_MODAL = _any_of(*_WORDS["modal"])
_BOUND: list[tuple[str, re.Pattern[str]]] = [(who, _any_of(*words)) for who, words in _WORDS["binds"].items()]
_ORDER = re.compile(
    r"^(?:please\s+)?(?:do|not|don['\u2019]t|ensure|avoid|keep|use|report|check|remember|be)\b", re.IGNORECASE
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
