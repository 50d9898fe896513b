"""Accepts what a draft proposes: what stood under `[clause.proposed]` becomes the clause's own, line by line."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass

from policies.model import PackError, parse_pack

_CLAUSE = re.compile(r"^(?=\s*\[\[clause\]\])", re.MULTILINE)
_PROPOSED = re.compile(r"^\s*\[clause\.proposed\].*\n", re.MULTILINE)
_SAID = re.compile(r"^(?:why|sure|perhaps) = .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The new text of a draft, the ids of the clauses that were accepted, and how many are not mapped yet."""

    text: str
    ids: tuple[str, ...]
    not_mapped: int


def accepted(text: str, name: str, *, only: Collection[str] = (), is_sure: bool = False) -> Accepted:
    """Return a draft with what is proposed accepted: for these clauses, or for all that are sure.

    PackError for an id that is not there or has nothing to accept, and for a draft that is no pack.
    """
    pack = parse_pack(text, where=name)
    known = {clause.id: clause.proposed for clause in pack.clause}
    for asked in only:
        proposed = known.get(asked)
        if asked not in known:
            raise PackError(f"{name} has no clause {asked!r}.")
        if proposed is None or not proposed.is_one:
            raise PackError(f"Nothing is proposed for clause {asked}: map it by hand.")
    wanted = {one for one, made in known.items() if made and made.is_one and (one in only or (is_sure and made.sure))}
    parts = _CLAUSE.split(text)
    made = "".join(_accepted(part) if _id_of(part) in wanted else part for part in parts)
    left = sum(clause.state == "not_mapped" for clause in parse_pack(made, where=name).clause)
    return Accepted(made, tuple(one for one in known if one in wanted), left)


def _id_of(part: str) -> str | None:
    try:
        return str(tomllib.loads(part)["clause"][0]["id"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, IndexError):
        return None


def _accepted(part: str) -> str:
    before, below = _PROPOSED.split(part, maxsplit=1)
    return before + _SAID.sub("", below)
