"""Names in private chat apps that somebody gives as his or her own."""

import re
from collections.abc import Iterator
from functools import cache

from engines.text.normalised import NormalisedText
from engines.words.contact.school_contacts import SchoolContacts
from engines.words.model import Sign
from engines.words.rules.rule_lists import phrase_lists

_FIRST_PERSON = r"(?<!\w)(?:my|me|add|hmu)(?!\w)[^\n.!?]{0,30}?"
_IS = r"(?: (?:name|user|username|acc|account|id|tag|handle))?(?: ?(?:is|iz|=|:|-) ?| )"
_HANDLE = r"(?P<handle>@?[a-z][\w.]{2,29})(?![\w@])"
_PLAIN_WORD = re.compile(r"[a-z]+\.?", re.IGNORECASE)
_SHORTEST_OWN = 5  # of a school's domain, to be known within its handle
_WHY = "A name in a private chat app is given."


def chat_handles(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the names in chat apps; those that hold the name of the school's domain are its own."""
    own_names = [name for domain in official.domains if len(name := domain.partition(".")[0]) >= _SHORTEST_OWN]
    for offered in _offers():
        for match in offered.finditer(normalised.text):
            handle = match["handle"].lower().replace("_", "")
            if not _PLAIN_WORD.fullmatch(match["handle"]) and not any(name in handle for name in own_names):
                yield Sign("contact", "handle", normalised.span(*match.span("handle")), _WHY)


@cache
def _offers() -> tuple[re.Pattern[str], ...]:
    apps = rf"(?<!\w)(?:{'|'.join(phrase_lists('contact')['chat_app'])})(?!\w)"
    written = (
        rf"{_FIRST_PERSON}{apps}{_IS}{_HANDLE}",
        rf"(?<!\w)(?:add|follow|message|msg|text|dm|find) (?:me )?(?:at )?{_HANDLE} (?:on|in) {apps}",
        rf"(?<!\w)(?:snap|snapchat|sc|kik|discord) ?[:=] ?{_HANDLE}",
    )
    return tuple(re.compile(offer, re.IGNORECASE) for offer in written)
