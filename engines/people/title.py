"""The title that an account is shown with, such as Mrs: said in the name shown, or begun with in the handle."""

import re

from engines.people.reading import Shown
from engines.people.roll import GIVEN

_TITLE = re.compile(r"^\W*(mr|mrs|ms|miss|mx|dr|rev|prof|sir|dame|cllr)\b", re.IGNORECASE)
_TITLES = ("miss", "mrs", "mr", "ms", "dr", "rev")
_TITLE_STARTS = frozenset(title[:2] for title in _TITLES)


def title(display: str, shown: Shown) -> str:
    """Return the title that an account is shown with, in small letters; empty where it has none."""
    found = _TITLE.match(display)
    if found:
        word = found[1].lower()
        return "" if _is_given_name(word, shown) else word
    letters = shown.handle.readings[0]
    if letters.letters[:2] not in _TITLE_STARTS:
        return ""
    first = min((place for place in letters.bounds if place), default=0)
    for one in _TITLES:
        if letters.letters[:first] == one or (letters.letters.startswith(one) and len(one) > 2):
            return one
    return ""


def _is_given_name(word: str, shown: Shown) -> bool:
    """Say whether somebody on the registers is called as this word is written, such as Dame or Sir."""
    hits = shown.display[1] if shown.display else ()
    return any(form == word and any(one.kind == GIVEN for one in bearers) for _, _, form, bearers in hits)
