"""What the rules find in a text for every family of words, and the text as the learned score sees it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from engines.words.abuse.abusive import abusive, with_groups
from engines.words.abuse.spared import spared
from engines.words.age import age_stated
from engines.words.contact.details import contact_details
from engines.words.learned.features import ReadText, look_of
from engines.words.model import Sign, TextKind
from engines.words.official_posts import partisan_or_personal, staff_detail
from engines.words.rules.rule_lists import Extra

CHILD = 13


def signs_of(
    text: str,
    kind: TextKind,
    *,
    names: Collection[str] = (),
    official: Collection[str] = (),
    as_of: date | None = None,
    extra: Extra | None = None,
    doubts: bool = False,
) -> dict[str, list[Sign]]:
    """Return what the rules find in a text, by family; with `doubts` also what a person should look at, as not sure."""
    if kind == "bio":
        if as_of is None:
            raise ValueError("as_of is needed to count ages.")
        signs = [sign for sign in age_stated(text, as_of=as_of) if int(sign.what) < CHILD]
    else:
        signs = [*abusive(text, names=names, extra=extra, doubts=doubts), *contact_details(text, official=official)]
    if kind == "post":
        signs += [*partisan_or_personal(text, extra=extra), *staff_detail(text, extra=extra)]
    families = dict.fromkeys(sign.family for sign in signs)
    return {family: [sign for sign in signs if sign.family == family] for family in families}


def sure_ones(signs: Mapping[str, Sequence[Sign]]) -> dict[str, list[Sign]]:
    """Return the families of which the rules are sure, with what they are sure of."""
    sure = {family: [sign for sign in found if sign.is_sure] for family, found in signs.items()}
    return {family: found for family, found in sure.items() if found}


def as_read(text: str, signs: Mapping[str, Sequence[Sign]], names: Collection[str] = ()) -> ReadText:
    """Return a text as the score sees it: with its groups marked, and with what the rules found and how it looks."""
    facts = [f"rule {family}" for family in signs]
    facts += sorted({f"sign {sign.what}" for found in signs.values() for sign in found})
    facts += look_of(text)
    return ReadText(with_groups(spared(text, frozenset(names))).text, tuple(facts))
