"""What an official post should not carry: party politics, the promotion of a faith, advertising, private life."""

from engines.text.normalised import normalise
from engines.words.model import Sign, in_text_order
from engines.words.rules.rule_lists import Extra, apply_rules, phrase_lists, rules

# What is already one of the former is not also called private.
LISTS = ("partisan", "commercial", "personal")


def partisan_or_personal(text: str, *, extra: Extra | None = None) -> list[Sign]:
    """Return what is party-political, religious promotion, commercial or personal in a post.

    `extra` holds a school's own phrases by the list that they belong to.
    """
    normalised = normalise(text)
    signs: list[Sign] = []
    for name in LISTS:
        if name != "personal" or not signs:
            signs += apply_rules(rules(name, _of(name, extra)), normalised)
    return in_text_order(signs)


def _of(name: str, extra: Extra | None) -> Extra:
    """Return those of the school's own phrases that belong to lists of this file."""
    return {key: words for key, words in (extra or {}).items() if key in phrase_lists(name)}
