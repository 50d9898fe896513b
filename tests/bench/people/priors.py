"""What is expected of every weight before any data: its mean in bits, how firmly, and the sign it must keep.

The means are what common sense says of anybody's school: they are what rare evidence weighs, and evidence that no dev
example shows weighs its mean and nothing else.
"""

from collections.abc import Sequence

Prior = tuple[float, float, float | None, float | None]  # mean, strength, lowest, highest

_FIRMLY, _LOOSELY, _BARELY = 3.0, 1.5, 0.2
# Bits that do not speak of one group alone: names, texts, dates of birth.
_OF_ANYBODY: dict[str, Prior] = {
    "given.own": (0.7, 30.0, 0.0, 1.3),
    "given.initial": (4.0, _FIRMLY, 0.0, 5.0),
    "given.prefix": (0.5, 30.0, 0.0, 0.55),
    "given.misspelt": (0.4, 30.0, 0.0, 0.6),
    "surname.own": (0.7, 30.0, 0.0, 1.3),
    "surname.initial": (3.0, _FIRMLY, 0.0, 5.0),
    "surname.initials": (4.0, _FIRMLY, 0.0, 5.0),
    "surname.prefix": (0.5, 30.0, 0.0, 0.6),
    "surname.misspelt": (0.5, 30.0, 0.0, 0.65),
    "birth.year": (4.0, _FIRMLY, 0.0, None),
    "birth.other_year": (-4.0, _FIRMLY, None, 0.0),
    "birth.yy": (1.5, _FIRMLY, 0.0, None),
    "birth.other_yy": (-0.5, _FIRMLY, None, 0.0),
    "birth.day": (6.0, _FIRMLY, 0.0, None),
    "birth.other_date": (-5.0, _FIRMLY, None, 0.0),
    "birth.date": (9.0, _FIRMLY, 0.0, None),
    "bio.addressed": (-4.0, _FIRMLY, None, 0.0),
    "bio.other_given": (-4.0, _LOOSELY, None, 0.0),
    "handle.silent": (4.0, _LOOSELY, None, None),
    "handle.silent_letters": (-0.5, 30.0, -1.0, 0.0),
    "display.silent_letters": (-0.3, 30.0, -1.0, 0.0),
    "handle.letters_beside": (-0.4, 30.0, -1.0, 0.0),
    "handle.unexplained": (-0.8, 20.0, -3.0, 0.0),
    "handle.full": (1.0, _LOOSELY, None, None),
    "handle.other_given": (-4.0, _LOOSELY, None, 0.0),
    "handle.other_surname": (-5.0, _LOOSELY, None, 0.0),
    "handle.other_initial": (-3.0, _LOOSELY, None, 0.0),
    "handle.quoted": (-0.5, _LOOSELY, None, 0.0),
    "handle.leet": (0.5, _LOOSELY, None, None),
    "handle.stretched": (-0.5, _LOOSELY, None, None),
    "display.silent": (-2.0, _LOOSELY, None, None),
    "display.unexplained": (-0.8, 20.0, -3.0, 0.0),
    "display.full": (0.0, _LOOSELY, None, None),
    "display.other_given": (-8.0, _LOOSELY, None, 0.0),
    "display.other_surname": (-7.0, _LOOSELY, None, 0.0),
    "display.other_initial": (-3.0, _LOOSELY, None, 0.0),
    "display.stretched": (1.0, _LOOSELY, None, None),
    "middle_initial": (1.0, _LOOSELY, None, None),
    "shared": (3.0, _LOOSELY, None, None),
}
_NAME_PART: Prior = (0.5, 30.0, 0.0, 1.3)
# What speaks for a person and what against, by the last part of its name: whoever it speaks of must keep the sign.
_FOR = {
    "school": 4.0, "house": 3.0, "year": 4.5, "class": 7.0, "age": 4.0,
    "own_job": 6.0, "governs": 6.0, "title": 6.0,
    "child_in_bio": 2.5, "child_in_handle": 4.0,
}  # fmt: skip
_AGAINST = {
    "other_year": -5.0, "other_class": -5.0, "other_age": -5.0, "other_school": -4.5, "school_called_alike": -4.5,
    "group": -4.0, "named_as_child": -4.0, "former": -4.0, "young": -4.0, "years": -4.0, "parody": -3.0, "about": -6.0,
    "lives_elsewhere": -2.0, "may_be_other_school": -4.0, "relative": -6.0, "handle.kin": -4.0, "display.kin": -4.0,
    "kind.initials": -4.0,
}  # fmt: skip
_EITHER = {
    "town": 2.5, "city": -3.5, "far": -2.0, "trade": -3.0, "near_age": -1.5, "other_child": -3.0, "other_title": -1.5,
    "kind.full": 1.0, "kind.initial_surname": 1.0, "kind.given_initial": 0.5, "handle.selling": -3.0,
    "display.selling": -1.5, "display.group": -1.0, "handle.group": -1.0, "likes": -1.5,
    "leaver": -2.0, "kind.given": -0.7,
}  # fmt: skip
# Where a group differs from the others, the sign is its own too.
_OF_GROUP = {
    "child": {
        "school": 7.0, "likes": 1.5, "far": 0.0, "city": -2.0, "no_bio": 1.0, "handle.playing": 1.5, "leaver": -3.0,
        "handle.grown": -4.0, "kind.surname": -1.0, "kind.initial_surname": 0.0, "kind.given": 0.0,
    },
    "parent": {
        "school": 3.0, "family": 1.0, "family_at_school": 6.0, "handle.grown": 3.0, "display.grown": 4.0, "job": -4.0,
        "governs": -3.0, "title": -3.0, "run_by_parent": -3.0, "handle.playing": -2.0,
    },
    "staff": {"relative": -3.0, "family_at_school": -3.0, "governs": -3.0, "handle.grown": -1.5, "job": 1.0},
    "governor": {"family_at_school": -1.0, "job": -3.0, "kind.given": -3.0, "trade": -1.0, "years": -4.0},
    "other": {
        "kind.full": 3.0, "kind.initial_surname": 1.5, "kind.surname": 1.0, "kind.given": -1.5, "handle.office": 1.5,
    },
}  # fmt: skip
_AGAINST_CHILDREN = {
    "other_school": -9.0,
    "school_called_alike": -9.0,
    "family": -5.0,
    "job": -4.0,
    "title": -4.0,
    "governs": -4.0,
    "trade": -5.0,
}
# A caution stays one, and an account that a parent runs for a child is never the parent's own.
_HIGHEST = {"parody": -1.0, "parent.run_by_parent": -1.0}


def prior(name: str) -> Prior:
    """Return what is expected of one weight."""
    group, _, rest = name.partition(".")
    if name in _OF_ANYBODY:
        return _OF_ANYBODY[name]
    if group in {"given", "surname"}:
        return _NAME_PART
    if rest == "prior":
        return (-2.0 if group == "child" else 0.0, _BARELY, None, None)
    if name == "child.run_by_parent":
        return (1.0, _FIRMLY, 0.5, None)
    return _of_group(group, rest)


def _of_group(group: str, rest: str) -> Prior:
    """Return what is expected of evidence that speaks of one group."""
    if group == "child" and rest in _AGAINST_CHILDREN:
        return (_AGAINST_CHILDREN[rest], _FIRMLY if rest in _AGAINST else _LOOSELY, None, 0.0)
    mean = _OF_GROUP.get(group, {}).get(rest, _FOR.get(rest, _AGAINST.get(rest, _EITHER.get(rest, 0.0))))
    strength = _FIRMLY if rest in _AGAINST else _LOOSELY
    lowest = 0.0 if rest in _FOR and mean > 0 else None
    highest = _HIGHEST.get(f"{group}.{rest}", _HIGHEST.get(rest, 0.0 if rest in _AGAINST else None))
    return (mean, strength, lowest, highest)


def priors(names: Sequence[str]) -> list[Prior]:
    """Return what is expected of each weight."""
    return [prior(name) for name in names]
