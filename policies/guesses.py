"""What a sentence's words let one guess: how strongly it obliges, whom it binds, if it is a heading, if Welsh."""

import re
from typing import Literal, get_args

from policies.toml_text import packaged_toml

Guess = Literal["must", "should", "may"]

LONGEST_HEADING = 12
LONGEST_LABEL = 4  # "Headteachers:" heads a part of the policy; a longer line with a colon leads into a list
LONGEST_LIST_HEAD = 6


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_WORDS = packaged_toml("policies", "guesses.toml")
_FORCES: list[tuple[Guess, re.Pattern[str]]] = [(force, _any_of(*_WORDS[force])) for force in get_args(Guess)]
_MODAL = _any_of(*_WORDS["modal"])
_BOUND: list[tuple[str, re.Pattern[str]]] = [(who, _any_of(*words)) for who, words in _WORDS["binds"].items()]
HEADS: dict[str, str] = _WORDS["signs"]
_LIST_HEAD = re.compile(
    rf"(?:[\w/]+ ){{0,4}}?(?:{'|'.join(_WORDS['heads'])})"
    r"(?: (?:do|use|uses|behaviour|conduct))?[:?]?",
    re.IGNORECASE,
)
_PERMITS = re.compile(r"(?:un|in|an|not |n't )", re.IGNORECASE)
_PERMISSION = re.compile(
    r"\b(?:acceptable|appropriate|allowed|permitted|ok|okay|can|may|yes|derbyniol)\b", re.IGNORECASE
)
_ADVICE = re.compile(r"\b(?:should|practice|avoid)\b", re.IGNORECASE)
_ORDER = re.compile(
    r"^(?:please\s+)?(?:do|not|don't|ensure|avoid|keep|use|report|check|remember|be|make sure|ask|tell|treat)\b",
    re.IGNORECASE,
)
PLACE = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2})+)[.)]?|(\d{1,2})[.)]|([A-Z])[.)])\s+(?=\S)")
ANSWER = r"(?i:yes|no|never|not|always|only|ydw|ydy|oes|nac|na|caiff)\b"  # what answers a question
_ANSWERED = re.compile(rf"^(?P<asks>.*\?)\s+(?P<says>{ANSWER})")
_ME = re.compile(r"(?:q\s*[:.]\s*)?\w+ (?:i|we|you)\b", re.IGNORECASE)
_NEEDS = re.compile(r"\b(?:need|must|have to|has to|required|should|oes rhaid|oes angen)\b", re.IGNORECASE)
_NEXT_REVIEW = re.compile(  # "Review: September 2025"; a title such as "Policy review 2024" is none
    r"(?=.*(?::|\bnext\b|\bdate\b|\bdue\b|\bby\b))(?:[\W_]*\b(?:policy|next|date|of|for|due))*[\W_]*\breview"
    r"(?:[\W_]+(?:date|due|by|on))*[\W_]+(?:\w+[\W_]+){0,2}20\d\d[\W_]*",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"^(?:no|never|not|na|nac|byth|nage)$", re.IGNORECASE)
_WELSH = _any_of(*_WORDS["welsh"])
_WELSH_WORDS = 3


def force_of(sentence: str) -> Guess | None:
    """Return how strongly a sentence seems to oblige, by its words; None when it does not.

    An answered question obliges by its answer: "Can I follow pupils? No." forbids it.
    """
    sentence = sentence.replace("\u2019", "'")
    if answered := _ANSWERED.match(sentence):
        is_refused, is_needed = bool(_REFUSES.match(answered["says"])), bool(_NEEDS.search(answered["asks"]))
        return "must" if is_refused != is_needed or answered["says"].lower() == "only" else "may"
    head, colon, _ = sentence.partition(":")
    if colon and is_list_head(head):
        return force_of_head(head)
    for force, words in _FORCES:
        if words.search(sentence):
            return force
    return "must" if _ORDER.match(sentence) or _NEXT_REVIEW.fullmatch(sentence) else None


def is_list_head(line: str) -> bool:
    """Say whether a line heads a column or a list of rules, as Do, Don't, Acceptable and Staff must not do."""
    line = line.strip(" *_").replace("\u2019", "'")
    if line in HEADS or line.lower() in {"yes", "no", "not"}:
        return True
    is_short = len(line.split()) <= LONGEST_LIST_HEAD and not re.search(r"\b(?:and|a)\b|&", line)  # "Dos and don'ts"
    return is_short and bool(_LIST_HEAD.fullmatch(line))


def force_of_head(head: str) -> Guess:
    """Return how strongly what is below such a head obliges: a permission where it only allows."""
    head = HEADS.get(head.strip(), head).replace("\u2019", "'")
    if _ADVICE.search(head):
        return "should"
    return "may" if _PERMISSION.search(head) and not _PERMITS.search(head) else "must"


def binds(sentence: str, heading: str) -> str:
    """Return whom a sentence seems to bind: who is named before its verb, else in its heading, else at all.

    In Welsh the verb comes first, so there it is whoever is named first at all.
    """
    sentence = sentence.replace("\u2019", "'")
    verb = min((match.start() for _, words in _FORCES if (match := words.search(sentence))), default=0)
    head, colon, _ = sentence.partition(":")
    parts: tuple[str, ...] = (sentence[:verb], heading, sentence)
    if colon and is_list_head(head):  # "Don't: follow pupils" binds whoever reads it
        parts = (head, heading)
    elif _ANSWERED.match(sentence):  # "Can I follow pupils? No."
        parts = (" ".join(sentence.split()[1:4]), heading)[1 if _ME.match(sentence) else 0 :]
    elif is_welsh(sentence):
        parts = (sentence, heading)
    for part in parts:
        places = [(match.start(), who) for who, words in _BOUND if (match := words.search(part))]
        if places:
            return min(places)[1]
    return "school" if sentence in parts else "everybody"


def is_welsh(text: str) -> bool:
    """Say whether a text seems to be in Welsh, or to have a part that is."""
    return len({match.lower() for match in _WELSH.findall(text)}) >= _WELSH_WORDS or bool(
        re.match(r"(?:ni (?:ch|dd|all)|rhaid i|peidiwch|dyl(?:ai|id))", text, re.IGNORECASE)
    )


def is_heading(line: str) -> bool:
    """Say whether a line seems to head a part of the policy rather than to say something."""
    line = line.replace("\u2019", "'")
    words = len(line.split())
    is_rule = ": " in line and is_list_head(line.partition(":")[0])
    if (
        is_rule
        or _NEXT_REVIEW.fullmatch(line)
        or not any(map(str.isalpha, line))
        or line.endswith((".", ";", ",", "?", "!", ":-"))
    ):
        return False
    if line.endswith(":"):
        return words <= LONGEST_LABEL and force_of(line) is None
    longest = LONGEST_HEADING * 2 if PLACE.match(line) else LONGEST_HEADING
    is_name = not _MODAL.search(line) and force_of(line) in {None, "must"}  # "Inappropriate use" obliges nobody yet
    return is_name and (line.isupper() or words <= longest)
