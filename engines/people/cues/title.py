"""The title that an account shows, such as Mrs: in its display name, or at the start of its handle."""

import re

from engines.people.register.model import GIVEN
from engines.people.text.model import AccountNames

_TITLE = re.compile(r"^\W*(mr|mrs|ms|miss|mx|dr|rev|prof|sir|dame|cllr)\b", re.IGNORECASE)
_TITLES = ("miss", "mrs", "mr", "ms", "dr", "rev")
_TITLE_STARTS = frozenset(title[:2] for title in _TITLES)


def shown_title(display: str, names: AccountNames) -> str:
    """Return the title that an account is shown with, in small letters; empty where it has none."""
    match = _TITLE.match(display)
    if match:
        word = match[1].lower()
        return "" if _is_given_name(word, names) else word
    segmentation = names.handle.readings[0]
    if segmentation.letters[:2] not in _TITLE_STARTS:
        return ""
    first = min((place for place in segmentation.bounds if place), default=0)
    for title in _TITLES:
        if segmentation.letters[:first] == title or (segmentation.letters.startswith(title) and len(title) > 2):
            return title
    return ""


def _is_given_name(word: str, names: AccountNames) -> bool:
    """Say whether somebody on the registers is called as this word is written, such as Dame or Sir."""
    occurrences = names.display[1] if names.display else ()
    return any(form == word and any(bearer.kind == GIVEN for bearer in bearers) for _, _, form, bearers in occurrences)
