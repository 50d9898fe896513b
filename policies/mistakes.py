"""Every mistake of a pack at once, each with its line: what the model refuses, and what only a whole pack can show."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from policies.lines import read_lines
from policies.model import SHA256, TOO_DEEP, Clause, Pack
from policies.question import refused_coverage
from policies.roles import ONLY_TOLD, ROLES
from policies.toml_text import Mistake, TomlPath, located, names_in, plain


@dataclass(frozen=True, slots=True)
class KnownCheck:
    """What a pack may ask of a check: `refused` gives the parameters that it cannot take.

    `labels` are its evidence, each with the values that it may have where these are a closed list; `sources` are where
    it looks, and `concerns` whom or what an exception may concern. `sees_all` says whether it sees the whole of its own
    question, so that a clause may be covered whole by it.
    """

    refused: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
    labels: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    sees_all: bool = False


Known = Mapping[str, KnownCheck]
Parts = dict[str, list[Any]]  # what a filter goes by: platforms, concerns and labels of the evidence, with the values
Asked = list[tuple[Any, Parts]]  # by question, the check that it asks


def no_such_check(check: str, checks: Known) -> str:
    """Return the sentence for a check that there is not, with the one whose name is nearest."""
    near = get_close_matches(check, list(checks), n=1)
    return "there is no such check" + (f"; is it {near[0]}?" if near else ".")


Found = Iterator[tuple[TomlPath, str]]

_NEW_NAMES = {"graver": "escalation"}  # keys of earlier releases
_KEYS = (*Clause.model_fields, *Pack.model_fields)
_PATTERNS = {SHA256: "a SHA-256: 64 hexadecimal digits, in small letters"}
_WORDS = ("id", "ref", "says", "besides", "unobserved")


def mistakes_in(text: str, checks: Known) -> list[Mistake]:
    """Return every mistake of a pack's text, in the order of its lines.

    `known` are the checks that there are, each with what gives the parameters that it cannot take, and why.
    """
    try:
        return _mistakes_in(text, checks)
    except RecursionError:
        return [Mistake(1, f"this is not TOML: {TOO_DEEP}.")]


def _mistakes_in(text: str, checks: Known) -> list[Mistake]:
    written = read_lines(text)
    own = list(_own(written.data, checks))
    refusals = [*_of_the_model(written.data, own, is_whole=not written.broken), *own]
    names = dict(names_in(written.data, "clause", "id"))
    mistakes = {Mistake(written.line_of(path), located(path, says, names)) for path, says in refusals}
    return sorted(mistakes | {Mistake(broken.line, f"this is not TOML: {broken.says}.") for broken in written.broken})


def _of_the_model(data: Mapping[str, Any], own: list[tuple[TomlPath, str]], *, is_whole: bool) -> Found:
    try:
        Pack.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            path: TomlPath = tuple(detail["loc"])
            # What a model says of a whole clause or pack stands among our own mistakes, whatever else is wrong.
            is_told = detail["type"] == "value_error" and any(place[: len(path)] == path for place, _ in own)
            may_be_broken = not is_whole and detail["type"] == "missing" and len(path) == 1
            if not is_told and not may_be_broken:
                yield path, plain(detail, keys=_KEYS, renamed=_NEW_NAMES, patterns=_PATTERNS)


def _own(data: Mapping[str, Any], checks: Known) -> Found:
    clauses = _tables(data.get("clause"))
    for key in ("id", "title", "edition"):
        if data.get(key) == "":
            yield (key,), "is still to fill in."
    if "clause" in data and not clauses:
        yield ("clause",), "there is none; a pack needs one clause at least."
    background = {sha256 for sha256 in _listed(data.get("background")) if isinstance(sha256, str)}
    asked = [(one.get("check"), _parts(one.get("only"))) for clause in clauses for one in _tables(clause.get("checks"))]
    ids: set[Any] = set()
    for number, clause in enumerate(clauses):
        here: TomlPath = ("clause", number)
        yield from _of_a_clause(here, clause)
        if isinstance(name := clause.get("id"), str) and name in ids:
            yield (*here, "id"), "an earlier clause has this id."
        ids |= {name} if isinstance(name, str) else set()
        if isinstance(sha256 := clause.get("source_sha256"), str) and sha256 in background:
            yield (*here, "source_sha256"), "this hash stands in background too."
        yield from _of_checks(here, clause, checks)
        yield from _of_people(here, clause, checks, asked)


def _of_a_clause(here: TomlPath, clause: Mapping[str, Any]) -> Found:
    for key in _WORDS:
        if isinstance(clause.get(key), str) and not clause[key].strip():
            yield (*here, key), "is still to fill in."
    if not clause:
        return
    ways = [bool(clause.get("checks")), *(clause.get(key) is not None for key in ("attest", "unobserved", "proposed"))]
    if sum(ways) != 1:
        yield here, "needs exactly one of checks, attest or unobserved."
    if ("source_sha256" in clause) == ("besides" in clause):
        yield here, "needs source_sha256, or besides for a duty that stands in no policy."
    said = (clause.get(key) for key in ("force", "covers", "not_covered"))
    for place, says in refused_coverage(*said, is_checked=bool(clause.get("checks"))):
        yield (*here, place) if place else here, f"{says}."


def _of_checks(here: TomlPath, clause: Mapping[str, Any], checks: Known) -> Found:
    for number, question in enumerate(_tables(clause.get("checks"))):
        where = (*here, "checks", number)
        check = question.get("check")
        if isinstance(check, str) and check not in checks:
            yield (*where, "check"), no_such_check(check, checks)
        elif isinstance(check, str):
            given = question.get("parameters")
            for name, says in checks[check].refused(given) if isinstance(given, dict) else ():
                yield (*where, "parameters", name), says
            if clause.get("covers") == "whole" and not checks[check].sees_all:
                yield where, f"{check} does not see all that it asks, so the clause is covered in part."
            escalation = question.get("escalation")
            for label in set(escalation if isinstance(escalation, dict) else ()).difference(checks[check].labels):
                yield (*where, "escalation", label), f"{check} has no evidence {label}, so nothing would escalate."
            yield from _of_a_filter((*where, "only"), question.get("only"), check, checks[check])


def _of_a_filter(where: TomlPath, only: Any, check: str, known: KnownCheck) -> Found:
    """Yield what a filter asks for that no exception of the check could be."""
    own = {"platforms": known.sources, "concerns": known.concerns}
    for part, values in _parts(only).items():
        here = (*where, part) if part in own else (*where, "evidence", part)
        may_be = own.get(part, known.labels.get(part, ()))
        if part not in own and part not in known.labels:
            yield here, f"{check} has no evidence {part}, so nothing would break the clause."
        elif not may_be and part not in own:
            yield here, f"{check} declares no list of what {part} may be, so a clause cannot go by it."
        for value in values if may_be else ():
            if value not in may_be:
                yield here, f"{check} never answers with {value}; it may be one of: {', '.join(may_be)}."


def _parts(only: Any) -> Parts:
    [given] = _tables([only])
    own = {name: given.get(name) for name in ("platforms", "concerns")}
    return {name: _listed(values) for name, values in (own | _tables([given.get("evidence")])[0]).items()}


def _of_people(here: TomlPath, clause: Mapping[str, Any], checks: Known, asked: Asked) -> Found:
    for number, notification in enumerate(_tables(clause.get("tell"))):
        if isinstance(role := notification.get("role"), str) and role not in ROLES:
            yield (*here, "tell", number, "role"), f"must be one of {', '.join(ROLES)}."
    [attest] = _tables([clause.get("attest")])
    may_attest = [role for role in ROLES if role not in ONLY_TOLD]
    if isinstance(role := attest.get("role"), str) and role not in may_attest:
        yield (*here, "attest", "role"), f"must be one of {', '.join(may_attest)}."
    if isinstance(evidence := attest.get("evidence"), str) and not evidence.strip():
        yield (*here, "attest", "evidence"), "is still to fill in."
    for number, ending in enumerate(_listed(attest.get("ended_by"))):
        where = (*here, "attest", "ended_by", number)
        only, check = (ending.get("only"), ending.get("check")) if isinstance(ending, dict) else ({}, ending)
        if isinstance(check, str) and check not in checks:
            yield where, no_such_check(check, checks)
        elif isinstance(check, str):
            refused = [*_of_a_filter((*where, "only"), only, check, checks[check])]
            yield from refused or ((where, says) for says in _never_ending(check, _parts(only), asked))


def _never_ending(check: str, only: Parts, asked: Asked) -> Iterator[str]:
    ways = [parts for name, parts in asked if name == check]
    if not ways:
        yield f"no clause of the pack asks {check}, so it would never end this attestation."
    for part, values in only.items() if ways else ():
        for value in (one for one in values if all(asks.get(part) and one not in asks[part] for asks in ways)):
            yield f"no clause of the pack asks {check} about {value}, so that would never end this attestation."


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _tables(value: Any) -> list[dict[str, Any]]:
    return [table if isinstance(table, dict) else {} for table in _listed(value)]
