"""Hatred of a group for who its members are, most of which holds no slur: who is attacked, by what is said of them."""

from collections.abc import Iterator
from dataclasses import replace

from engines.text.normalised import NormalisedText
from engines.words.model import Sign
from engines.words.rules.rule_lists import Extra, apply_rules, rules


def hate(marked: NormalisedText, extra: Extra | None = None) -> list[Sign]:
    """Return what is said against the groups that are marked in a text.

    A threat to a group is told twice: as a threat, and as hate.
    """
    return list(_both(apply_rules(rules("hate", extra), marked)))


def _both(signs: Iterator[Sign]) -> Iterator[Sign]:
    for sign in signs:
        if sign.what == "hate_threat":
            yield replace(sign, what="threat")
            yield replace(sign, what="hate")
        else:
            yield sign
