"""Accepts what a draft proposes: what stood under `[clause.proposed]` becomes the clause's own, line by line."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from policies.model import Clause, PackError, parse_pack
from policies.toml_edit import lines_of, plain

_CLAUSE = re.compile(r"^(?=\s*\[\[clause\]\])", re.MULTILINE)
_PROPOSED = re.compile(r"^\s*\[clause\.proposed\].*\n", re.MULTILINE)
_BACKGROUND = re.compile(r"^background = \[", re.MULTILINE)
WAYS = ("checks", "covers", "not_covered", "attest", "unobserved")  # by which a clause is mapped
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


def mapped(text: str, name: str, clause_id: str, way: Mapping[str, Any]) -> str:
    """Return a draft with a clause that is not mapped yet met in this way: `attest` or `unobserved`, by hand.

    PackError for a clause that is not there, or is mapped already.
    """
    _ensure_waits(text, name, clause_id)
    parts = _CLAUSE.split(text)
    return "".join(
        _PROPOSED.split(part, maxsplit=1)[0] + lines_of(way) if _id_of(part) == clause_id else part for part in parts
    )


def reopened(text: str, name: str, clause_id: str) -> str:
    """Return a draft with a clause that is mapped waiting again; how it was mapped stands as what is proposed.

    PackError for a clause that is not there, waits already, or is none of the policy's sentences.
    """
    found = next((one for one in parse_pack(text, where=name).clause if one.id == clause_id), None)
    if found is None or found.proposed is not None or found.source_sha256 is None:
        raise PackError(f"{name} has no clause {clause_id!r} of the policy that is mapped.")
    return "".join(_reopened(part) if _id_of(part) == clause_id else part for part in _CLAUSE.split(text))


def put_aside(text: str, name: str, clause_id: str) -> str:
    """Return a draft without a clause that a person says is no rule; its sentence goes to the background."""
    clause = _ensure_waits(text, name, clause_id)
    made = "".join(part for part in _CLAUSE.split(text) if _id_of(part) != clause_id)
    line = f'background = [\n    "{clause.source_sha256}",  # put aside by a person: {plain(clause.says)[:80]}\n'
    if clause.source_sha256 is None or not _BACKGROUND.search(made):
        raise PackError(f"{name} has no background list, so clause {clause_id} cannot go there: write it in by hand.")
    return _BACKGROUND.sub(lambda _found: line, made, count=1)


def _ensure_waits(text: str, name: str, clause_id: str) -> Clause:
    found = next((one for one in parse_pack(text, where=name).clause if one.id == clause_id), None)
    if found is None or found.proposed is None:
        raise PackError(f"{name} has no clause {clause_id!r} that waits to be mapped.")
    return found


def _id_of(part: str) -> str | None:
    try:
        return str(tomllib.loads(part)["clause"][0]["id"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, IndexError):
        return None


def _reopened(part: str) -> str:
    clause = tomllib.loads(part)["clause"][0]
    was = {key: clause.pop(key) for key in WAYS if key in clause}
    proposed = {**was, "why": "It was mapped so before.", "sure": False}
    return f"[[clause]]\n{lines_of(clause)}[clause.proposed]\n{lines_of(proposed)}\n"


def _accepted(part: str) -> str:
    before, below = _PROPOSED.split(part, maxsplit=1)
    return before + _SAID.sub("", below)
