"""What an official post should not carry: party politics, the promotion of a faith, advertising, private life."""

from engines.words.model import Sign, in_order
from engines.words.plain import plain
from engines.words.rules import Extra, apply, phrase_lists, rules

# What is already one of the former is not also called private.
LISTS = ("partisan", "commercial", "personal")


def partisan_or_personal(text: str, *, extra: Extra | None = None) -> list[Sign]:
    """Return what is party-political, religious promotion, commercial or personal in a post.

    `extra` holds a school's own phrases by the list that they belong to.
    """
    read = plain(text)
    found: list[Sign] = []
    for name in LISTS:
        if name != "personal" or not found:
            found += apply(rules(name, _of(name, extra)), read)
    return in_order(found)


def _of(name: str, extra: Extra | None) -> Extra:
    """Return those of the school's own phrases that belong to lists of this file."""
    return {key: words for key, words in (extra or {}).items() if key in phrase_lists(name)}
