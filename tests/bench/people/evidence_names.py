"""The name of every piece of evidence that the matcher may bring forward, whether or not anybody has shown it yet."""

from collections.abc import Iterator, Sequence
from functools import cache

from engines.people.candidates.residual import KINDS
from engines.people.score.weights import meanings

GROUPS = ("child", "staff", "governor", "parent", "other")  # a leaver is weighed as a child is
_OF_ANYBODY = frozenset({"given", "surname", "birth"})
_OF_TEXTS = frozenset({"handle", "display", "bio"})
_ALONE = frozenset({"middle_initial", "shared"})
# The groups of which evidence about one person alone may speak; all other evidence may speak of every group.
_ONLY_OF = {
    **dict.fromkeys(
        ("year", "other_year", "class", "other_class", "age", "near_age", "other_age", "named_as_child"), ("child",)
    ),
    **dict.fromkeys(("years", "young"), ("staff", "governor", "parent")),
    **dict.fromkeys(("some_title", "other_title"), ("staff", "governor")),
    "own_job": ("staff",),
    "relative": ("parent", "staff"),
    **dict.fromkeys(("child_in_bio", "other_child", "child_in_handle"), ("parent",)),
}
_OF_EVERY_NAME = frozenset({"prior", "parody", "about"})


@cache
def every_evidence() -> Sequence[str]:
    """Return every name, with the group of whom it speaks where it speaks of one, in order."""
    return tuple(sorted({name for evidence in meanings() for name in _names(evidence)}))


def _names(evidence: str) -> Iterator[str]:
    first, _, rest = evidence.partition(".")
    if first in GROUPS:
        return
    if first in _OF_ANYBODY or evidence in _ALONE or (first in _OF_TEXTS and rest not in KINDS and rest != "learned"):
        yield evidence
        return
    is_of_name = first in _OF_TEXTS or first == "kind" or evidence in _OF_EVERY_NAME
    for group in _ONLY_OF.get(evidence, GROUPS if is_of_name else GROUPS[:-1]):
        yield f"{group}.{evidence}"
