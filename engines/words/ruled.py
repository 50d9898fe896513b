"""The families that only rules tell: pupils' confidences, and what keeps a school safe."""

from collections.abc import Collection, Iterator, Sequence

from engines.words.confidences import confidences
from engines.words.model import Sign, TextFamily, TextKind
from engines.words.rules.rule_lists import Extra
from engines.words.security import security

RULED = ("confidence", "security")  # of what a school posts
# The share of what the rules were sure of, and were not sure of, that was so in the texts that were kept aside
# (tests/engines/words/test_kept_aside.py).
SURE, UNSURE = 0.9, 0.5


def ruled(text: str, kind: TextKind, *, pupils: Collection[str], extra: Extra | None) -> Iterator[TextFamily]:
    """Yield the families that only rules tell of a text; where they are sure of one, what they doubt is left out."""
    if kind != "post":
        return
    for family, found in zip(
        RULED, (confidences(text, pupils=pupils, extra=extra), security(text, extra=extra)), strict=True
    ):
        if found:
            yield _told(family, found)


def _told(family: str, found: Sequence[Sign]) -> TextFamily:
    sure = tuple(sign for sign in found if sign.is_sure)
    signs = sure or tuple(found)
    span = (min(sign.span[0] for sign in signs), max(sign.span[1] for sign in signs))
    why = " ".join(dict.fromkeys(sign.why for sign in signs))
    return TextFamily(family, SURE if sure else UNSURE, span, why, "rule", bool(sure), signs)
