"""What protects a school and its pupils: codes, keys, passwords, when nobody is there, and where a class will be."""

import re
from collections.abc import Iterator

from engines.text.normalised import NormalisedText, Span, normalise
from engines.words.model import Sign, in_text_order
from engines.words.rules.rule_lists import Extra, any_of, apply_rules, phrase_lists, rules

_PASSWORD = re.compile(
    r"(?<!\w)(?:pass ?(?:word|code|phrase)s?|log-?in|wi-?fi (?:key|code)|network key)"
    r"(?:(?: (?!is\b|are\b)[\w'\u2019-]{1,20}){0,5}(?: (?:is|are|will be|has changed to|now))+| ?[:=-])?"
    r" ?:? ?[\"'\u201c\u2018]?(?P<given>[^\s\"'\u201d\u2019,]{4,40})",
    re.IGNORECASE,
)
_WIFI = re.compile(r"(?<!\w)(?:wi-?fi|wireless|network|broadband|hotspot|router|internet)(?!\w)", re.IGNORECASE)
# As people write a word that nobody is to guess: with a digit, a sign or a capital within.
_SECRET = re.compile(r"(?=.*[A-Za-z])(?=.*\d).{4,}|\w*[a-z][A-Z]\w*|.{3,}[!#$%&*@?]\w+|\d{4,}")
_NO_SECRET = re.compile(r"https?:|www\.|\d+(?:st|nd|rd|th|am|pm)$|[\w.]+@[\w.]+$", re.IGNORECASE)
_LAST = re.compile(r"\s*(?:$|\n|[.!)])")
_WHY_GIVEN = "The words give a password."
_WHY_TRIP = "The words tell on which day, and where, pupils will be away from the school."
_PLACE = re.compile(
    r"(?<!\w)(?:to|at|in|near|visit|visiting|of|for|the|vs?) (?:the |our |beautiful )?(?P<place>[A-Z][\w'\u2019-]{2,})"
)


def security(text: str, *, extra: Extra | None = None) -> list[Sign]:
    """Return what the text gives away of how the school is kept safe, or of where pupils will be."""
    normalised = normalise(text)
    signs = [*apply_rules(rules("security", extra), normalised), *_passwords(text), *_journeys(text, normalised, extra)]
    return in_text_order(signs)


def _passwords(text: str) -> Iterator[Sign]:
    for match in _PASSWORD.finditer(text):
        given = match["given"].rstrip(".!?;:)")
        if _SECRET.fullmatch(given) and not _NO_SECRET.match(given):
            yield Sign("security", "password", match.span(), _WHY_GIVEN)
        elif _WIFI.search(text) and (_is_in_quotes(text, match.start("given")) or _ends_sentence(text, match)):
            yield Sign("security", "password", match.span(), _WHY_GIVEN, is_sure=False)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Say whether the last word of a sentence is given, and is none that tells of a password."""
    is_last = _LAST.match(text, match.end("given")) is not None
    return is_last and match["given"].lower().rstrip(".!") not in phrase_lists("security")["of_passwords"]


def _is_in_quotes(text: str, start: int) -> bool:
    return text[max(0, start - 1) : start] in {'"', "'", "\u201c", "\u2018"} and start > 0


def _journeys(text: str, normalised: NormalisedText, extra: Extra | None) -> Iterator[Sign]:
    """Yield the sentences that say ahead on which day pupils will be where; without a named place, in doubt."""
    for begins, ends in _sentences(normalised):
        said = normalised.text[begins:ends]
        if not all(any_of("security", name, extra).search(said) for name in ("ahead", "journey", "group")):
            continue
        if any(any_of("security", name, extra).search(said) for name in ("past", "public")):
            continue
        span = normalised.span(begins, ends)
        yield Sign("security", "trip", span, _WHY_TRIP, is_sure=_has_place(text[span[0] : span[1]]))


def _has_place(sentence: str) -> bool:
    return any(
        match["place"].split()[0].lower().rstrip(".") not in phrase_lists("security")["no_place"]
        for match in _PLACE.finditer(sentence)
    )


def _sentences(normalised: NormalisedText) -> Iterator[Span]:
    begins = 0
    while begins < len(normalised.text):
        _, ends = normalised.sentence(begins)
        yield begins, ends
        begins = max(ends, begins + 1)
