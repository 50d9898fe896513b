"""What is expected of every weight before any data: its mean in bits, how firmly, and the sign it must keep."""

from collections.abc import Sequence

Prior = tuple[float, float, float | None, float | None]  # mean, strength, lowest, highest

_FOR = frozenset(
    [
        "school",
        "year",
        "class",
        "age",
        "own_job",
        "governs",
        "title",
        "child_in_bio",
        "child_in_handle",
        "birth.year",
        "birth.day",
        "birth.date",
    ]
)
_AGAINST = frozenset(
    [
        "other_year",
        "other_class",
        "other_age",
        "other_school",
        "school_called_alike",
        "birth.other_year",
        "group",
        "named_as_child",
        "former",
        "young",
        "years",
    ]
)
_AGAINST_CHILDREN = frozenset(["family", "job", "title", "governs", "trade"])
_BY_NAME: dict[str, Prior] = {
    **{
        f"{group}.kind.initials": (-4.0, 0.2, None, -2.0) for group in ("child", "staff", "governor", "parent", "other")
    },
    "given.initial": (4.0, 0.1, 0.0, 5.0),
    "surname.initial": (4.0, 0.1, 0.0, 5.0),
    "surname.initials": (4.0, 0.1, 0.0, 5.0),
    "birth.yy": (2.0, 0.2, 0.0, None),
    "birth.other_yy": (-0.5, 0.3, None, 0.0),
    "birth.day": (6.0, 0.2, 0.0, None),
    "birth.date": (9.0, 0.2, 0.0, None),
    "surname.misspelt": (0.6, 1.0, 0.0, 1.0),
    "surname.prefix": (0.6, 1.0, 0.0, 1.0),
    "given.prefix": (0.6, 1.0, 0.0, 1.0),
    "parent.run_by_parent": (-3.0, 0.2, None, -1.0),
    "child.run_by_parent": (1.0, 0.2, 0.5, None),
    "middle_initial": (0.0, 0.05, None, None),
    "parent.family_at_school": (6.0, 0.5, 0.0, None),
    "parent.job": (-3.0, 0.2, None, 0.0),
    "governor.job": (-2.0, 0.2, None, 0.0),
    "staff.governs": (-3.0, 0.2, None, 0.0),
    "parent.governs": (-3.0, 0.2, None, 0.0),
    "staff.family_at_school": (-3.0, 0.1, None, 0.0),
    "governor.family_at_school": (-1.0, 0.1, None, 0.0),
    "handle.silent_letters": (-0.1, 1.0, -1.0, 0.0),
    "handle.unexplained": (-1.0, 0.3, -3.0, 0.0),
    "display.unexplained": (-1.0, 0.3, -3.0, 0.0),
    "display.other_initial": (-2.0, 0.1, None, 0.0),
    "handle.other_initial": (-2.0, 0.1, None, 0.0),
}
_NAME_PART: Prior = (0.8, 1.0, 0.0, 1.3)
_OTHER_NAME: Prior = (-4.0, 0.05, None, 0.0)
_PRIOR: Prior = (-4.0, 0.02, None, None)
_FITS: Prior = (3.0, 0.05, 0.0, None)
_DOES_NOT_FIT: Prior = (-4.0, 0.05, None, 0.0)
_CAUTION: Prior = (-3.0, 0.2, None, -1.0)
_ANY: Prior = (0.0, 0.05, None, None)


def prior(name: str) -> Prior:  # noqa: PLR0911 - one line per kind of evidence
    """Return what is expected of one weight."""
    group, _, rest = name.partition(".")
    if name in _BY_NAME:
        return _BY_NAME[name]
    if rest == "parody":
        return _CAUTION
    if group in {"given", "surname"}:
        return _NAME_PART
    if rest == "prior":
        return _PRIOR
    if rest in {"other_given", "other_surname"}:
        return _OTHER_NAME
    if name in _AGAINST or rest in _AGAINST or (group == "child" and rest in _AGAINST_CHILDREN):
        return _DOES_NOT_FIT
    if name in _FOR or (rest in _FOR and not (group == "parent" and rest == "title")):
        return _FITS
    return _ANY


def priors(names: Sequence[str]) -> list[Prior]:
    """Return what is expected of each weight."""
    return [prior(name) for name in names]
