"""Every mistake of a pack at once, each with its line: what the model refuses, and what only a whole pack can show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.known_checks import Known, no_such_check
from policies.lines import Path, read_lines
from policies.model import TOO_DEEP, Clause, Pack, asked_in_two_ways
from policies.roles import ONLY_TOLD, ROLES

Found = Iterator[tuple[Path, str]]

_NEW_NAMES = {"graver": "escalation"}  # keys of earlier releases
_WORDS = ("id", "ref", "says", "besides", "unobserved")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake, and the line of the file where it is put right."""

    line: int
    says: str


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
    mistakes = {Mistake(written.line_of(path), _located(path, says, written.data)) for path, says in refusals}
    return sorted(mistakes | {Mistake(broken.line, f"this is not TOML: {broken.says}.") for broken in written.broken})


def _located(path: Path, says: str, data: Mapping[str, Any]) -> str:
    words = []
    for part, after in zip(path, (*path[1:], None), strict=True):
        if isinstance(part, int):
            continue
        words.append(f"{part} {after + 1}" if isinstance(after, int) else part)
        if part == "clause" and isinstance(after, int) and (name := _name(data, after)):
            words[-1] += f" ({name})"
    return f"{', '.join(words)}: {says}" if words else says


def _name(data: Mapping[str, Any], number: int) -> str | None:
    clauses = data.get("clause")
    clause = clauses[number] if isinstance(clauses, list) and number < len(clauses) else None
    name = clause.get("id") if isinstance(clause, dict) else None
    return name if isinstance(name, str) else None


def _of_the_model(data: Mapping[str, Any], own: list[tuple[Path, str]], *, is_whole: bool) -> Found:
    try:
        Pack.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            path: Path = tuple(detail["loc"])
            # What a model says of a whole clause or pack stands among our own mistakes, whatever else is wrong.
            is_told = detail["type"] == "value_error" and any(place[: len(path)] == path for place, _ in own)
            may_be_broken = not is_whole and detail["type"] == "missing" and len(path) == 1
            if not is_told and not may_be_broken:
                yield path, _plain(detail)


def _plain(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return "is missing."
    if kind == "extra_forbidden":
        if (key := str(detail["loc"][-1])) in _NEW_NAMES:
            return f"is called {_NEW_NAMES[key]} now."
        near = get_close_matches(key, [*Clause.model_fields, *Pack.model_fields], n=1)
        return f"is not a key that belongs here{f'; is it {near[0]}?' if near else '.'}"
    if kind == "literal_error":
        return f"must be {context['expected']}."
    if kind == "string_pattern_mismatch":
        return "must be a SHA-256: 64 hexadecimal digits, in small letters."
    message = detail["msg"].removeprefix("Value error, ").replace("Input should", "must", 1)
    return f"{message}."


def _own(data: Mapping[str, Any], checks: Known) -> Found:
    clauses = [clause if isinstance(clause, dict) else {} for clause in _listed(data.get("clause"))]
    for key in ("id", "title", "edition"):
        if data.get(key) == "":
            yield (key,), "is still to fill in."
    if "clause" in data and not clauses:
        yield ("clause",), "there is none; a pack needs one clause at least."
    background = {sha256 for sha256 in _listed(data.get("background")) if _is_text(sha256)}
    named = (question.get("check") for clause in clauses for question in _tables(clause.get("checks")))
    asked = {check for check in named if _is_text(check)}
    yield from _of_ways(clauses)
    ids: set[Any] = set()
    for number, clause in enumerate(clauses):
        here: Path = ("clause", number)
        yield from _of_a_clause(here, clause)
        if _is_text(name := clause.get("id")) and name in ids:
            yield (*here, "id"), "an earlier clause has this id."
        ids |= {name} if _is_text(name) else set()
        if _is_text(sha256 := clause.get("source_sha256")) and sha256 in background:
            yield (*here, "source_sha256"), "this hash stands in background too."
        yield from _of_checks(here, clause, checks)
        yield from _of_people(here, clause, checks, asked)


def _of_a_clause(here: Path, clause: Mapping[str, Any]) -> Found:
    for key in _WORDS:
        if _is_text(clause.get(key)) and not clause[key].strip():
            yield (*here, key), "is still to fill in."
    if not clause:
        return
    ways = [bool(clause.get("checks")), clause.get("attest") is not None, clause.get("unobserved") is not None]
    if sum(ways) != 1:
        yield here, "needs exactly one of checks, attest or unobserved."
    if ("source_sha256" in clause) == ("besides" in clause):
        yield here, "needs source_sha256, or besides for a duty that stands in no policy."


def _of_checks(here: Path, clause: Mapping[str, Any], checks: Known) -> Found:
    for number, question in enumerate(_tables(clause.get("checks"))):
        where = (*here, "checks", number)
        check = question.get("check")
        if _is_text(check) and check not in checks:
            yield (*where, "check"), no_such_check(check, checks)
        elif _is_text(check):
            given = question.get("parameters")
            for name, says in checks[check].refused(given) if isinstance(given, dict) else ():
                yield (*where, "parameters", name), says
            for label in _keys(question.get("escalation")) - checks[check].labels:
                yield (
                    (*where, "escalation", label),
                    f"{check} has no evidence {label}, so nothing would escalate.",
                )


def _of_ways(clauses: list[dict[str, Any]]) -> Found:
    first: dict[str, tuple[str, Any]] = {}
    for number, clause in enumerate(clauses):
        name = clause["id"] if _is_text(clause.get("id")) else f"clause {number + 1}"
        for place, question in enumerate(_tables(clause.get("checks"))):
            if not _is_text(check := question.get("check")):
                continue
            asks = (question.get("severity"), question.get("parameters", {}), question.get("escalation", {}))
            earlier, way = first.setdefault(check, (name, asks))
            if asks != way:
                yield ("clause", number, "checks", place), f"{asked_in_two_ways(check, earlier, name)}."


def _of_people(here: Path, clause: Mapping[str, Any], checks: Known, asked: set[Any]) -> Found:
    for number, notification in enumerate(_tables(clause.get("tell"))):
        if _is_text(role := notification.get("role")) and role not in ROLES:
            yield (*here, "tell", number, "role"), f"must be one of {', '.join(ROLES)}."
    attest = clause.get("attest")
    if not isinstance(attest, dict):
        return
    may_attest = [role for role in ROLES if role not in ONLY_TOLD]
    if _is_text(role := attest.get("role")) and role not in may_attest:
        yield (*here, "attest", "role"), f"must be one of {', '.join(may_attest)}."
    if _is_text(evidence := attest.get("evidence")) and not evidence.strip():
        yield (*here, "attest", "evidence"), "is still to fill in."
    for number, check in enumerate(_listed(attest.get("ended_by"))):
        where = (*here, "attest", "ended_by", number)
        if _is_text(check) and check not in checks:
            yield where, no_such_check(check, checks)
        elif _is_text(check) and check not in asked:
            yield where, f"no clause of the pack asks {check}, so it would never end this attestation."


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(value: Any) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


def _tables(value: Any) -> list[dict[str, Any]]:
    return [table if isinstance(table, dict) else {} for table in _listed(value)]
