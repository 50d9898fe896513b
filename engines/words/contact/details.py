"""Private contact details in a text, links that let strangers in, and requests to meet or to write in private."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from engines.text.normalised import NormalisedText, normalise
from engines.words.contact.addresses import home_addresses, mail_addresses
from engines.words.contact.phone_numbers import phone_numbers, phone_numbers_in_words
from engines.words.contact.school_contacts import SchoolContacts
from engines.words.model import Sign, in_text_order
from engines.words.rules.phrase_patterns import rule_table
from engines.words.rules.rule_lists import apply_rules, phrase_lists, rules

_LINK = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?P<host>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})(?P<path>/[^\s<>\"')]{1,500})",
    re.IGNORECASE,
)
_MEETING_NUMBER = re.compile(
    r"(?<!\w)(?:zoom|meeting),? (?:meeting )?id:? {0,2}\d{3} ?\d{3,4} ?\d{3,4}[^\n]{0,20}?(?:code|password|pwd|pin)",
    re.IGNORECASE,
)
# Links whose dots and strokes are said in words, so that no filter sees them.
_SPELT_LINK = re.compile(
    r"(?<!\w)(?P<host>disc(?:ord)?|t|wa|chat\.whatsapp)(?: ?(?:\.|dot|,) ?| )(?P<end>gg|me|com)"
    r"(?: ?/ ?| (?:forward )?(?:slash|stroke) )(?:joinchat(?: slash |/))?\w{3,40}",
    re.IGNORECASE,
)
_LINK_SAID = re.compile(r"/|\b(?:slash|stroke|zoom|meeting)\b", re.IGNORECASE)
_ZOOM_WITH_CODE = re.compile(
    r"(?<!\w)(?:\w{1,12}\.)?zoom\.us/j/\d{6,12}(?![\d?])[^\n]{0,30}?"
    r"(?:code|passcode|password|pwd|pass|pw|pin)\W{0,3}(?:is )?\w",
    re.IGNORECASE,
)
_BEFORE_HOST = re.compile(r"^(?:www\.|m\.|[a-z]{2}\d{2}web\.)")
_WHY_NUMBER = "A meeting's number is given with its password."
_WHY_SPELT = "A link invites whoever follows it into a private chat."


def invite_links(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the private links of a text."""
    if not _LINK_SAID.search(normalised.text):
        return  # most comments
    for match in _LINK.finditer(normalised.text):
        host = _BEFORE_HOST.sub("", match["host"].lower())
        row = None if official.owns_domain(host) else _row_of(host + match["path"])
        if row:
            yield Sign("contact", row["what"], normalised.span(*match.span()), row["why"])
    for spelt in _SPELT_LINK.finditer(normalised.text):
        if " " in spelt[0]:
            yield Sign("contact", "chat_invitation", normalised.span(*spelt.span()), _WHY_SPELT)
    for number in (*_MEETING_NUMBER.finditer(normalised.text), *_ZOOM_WITH_CODE.finditer(normalised.text)):
        yield Sign("contact", "meeting", normalised.span(*number.span()), _WHY_NUMBER)


def _row_of(link: str) -> Mapping[str, Any] | None:
    rows: list[Mapping[str, Any]] = rule_table("contact")["link"]
    begun = (row for row in rows if link.startswith(tuple(row["begins"])))
    return next((row for row in begun if any(part in link for part in row.get("holds", [""]))), None)


_FIRST_PERSON = r"(?<!\w)(?:my|me|add|hmu)(?!\w)[^\n.!?]{0,30}?"
_IS = r"(?: (?:name|user|username|acc|account|id|tag|handle))?(?: ?(?:is|iz|=|:|-) ?| )"
_HANDLE = r"(?P<handle>@?[a-z][\w.]{2,29})(?![\w@])"
_PLAIN_WORD = re.compile(r"[a-z]+\.?", re.IGNORECASE)
_SHORTEST_OWN = 5  # of a school's domain, to be known within its handle
_WHY = "A name in a private chat app is given."


def chat_handles(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the names in chat apps; those that hold the name of the school's domain are its own."""
    own_names = [name for domain in official.domains if len(name := domain.partition(".")[0]) >= _SHORTEST_OWN]
    for offered in _offers() if _app_named().search(normalised.text) else ():
        for match in offered.finditer(normalised.text):
            handle = match["handle"].lower().replace("_", "")
            if not _PLAIN_WORD.fullmatch(match["handle"]) and not any(name in handle for name in own_names):
                yield Sign("contact", "handle", normalised.span(*match.span("handle")), _WHY)


@cache
def _app_named() -> re.Pattern[str]:
    first = sorted({re.escape(app.split()[0]) for app in phrase_lists("contact")["chat_app"]})
    return re.compile(rf"\b(?:{'|'.join(first)}|s\W?n\W?a\W?p|sn[4@]p)", re.IGNORECASE)


@cache
def _offers() -> tuple[re.Pattern[str], ...]:
    apps = rf"(?<!\w)(?:{'|'.join(phrase_lists('contact')['chat_app'])})(?!\w)"
    written = (
        rf"{_FIRST_PERSON}{apps}{_IS}{_HANDLE}",
        rf"(?<!\w)(?:add|follow|message|msg|text|dm|find) (?:me )?(?:at )?{_HANDLE} (?:on|in) {apps}",
        rf"(?<!\w)(?:snap|snapchat|sc|kik|discord|s\W?n\W?a\W?p|sn[4@]p)(?: me)? ?[:=] ?{_HANDLE}",
        rf"(?<!\w)my {apps}{_IS}(?P<handle>[a-z]\w{{0,20}} (?:underscore|dot|dash) \w{{1,20}})",
    )
    return tuple(re.compile(offer, re.IGNORECASE) for offer in written)


def contact_details(text: str, *, official: Collection[str] = ()) -> list[Sign]:
    """Return the private contact details in a text.

    `official` are the school's own mail addresses, domains and telephone numbers, however they are written.
    """
    cased = normalise(text, keeps_case=True, parts_tags=False)
    school = SchoolContacts.of(official)
    signs = [*mail_addresses(cased, school), *phone_numbers(cased, school), *phone_numbers_in_words(cased, school)]
    signs += [*home_addresses(cased), *chat_handles(cased, school), *invite_links(cased, school)]
    return in_text_order([*signs, *apply_rules(rules("contact"), normalise(text))])
