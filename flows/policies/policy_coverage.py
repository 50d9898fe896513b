"""`audit policies coverage`: the sheet of a policy, clause by clause, with how each stands today."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dashboards.report.clauses import Standing, answers, in_policy_order, verdict_sentence
from dashboards.report.read import read_week
from flows.home.arguments import AsJson
from flows.home.context import open_school
from flows.home.keys import find_key
from flows.home.policy import comparison_of
from flows.home.settings import Settings, from_environment
from flows.home.terminal import say
from flows.policies.policies import heading, how
from flows.registers.attestations import attestations_of
from flows.weekly.clause_states import ClauseState, clause_state_on
from policies.attestations import Attestations, gather_attestations
from policies.coverage import PackComparison
from policies.model import Clause, Pack, known_packs, load_pack
from policies.school import School
from warehouse.runs.publish import ensure_current
from warehouse.store.open import opened
from warehouse.store.places import Places

STATES = ("checked", "attested", "to be attested", "unobserved", "not mapped yet", "red")


@dataclass(frozen=True, slots=True)
class Line:
    """One clause and how it stands."""

    clause: Clause
    clause_state: ClauseState
    told: Standing | None = None  # as the newest published run says

    @property
    def state(self) -> str:
        """The state as the sheet counts it: an attestation that nobody has given, or that ended, is a state apart."""
        is_open = self.clause_state.state == "attested" and self.clause_state.until is None
        state = self.clause_state.state
        return "to be attested" if is_open else "not mapped yet" if state == "not_mapped" else state


@dataclass(frozen=True, slots=True)
class Sheet:
    """A pack's clauses in order, for one school or for none."""

    pack: Pack
    lines: tuple[Line, ...]
    school: School | None = None
    comparison: PackComparison | None = None
    run_id: str | None = None

    @property
    def totals(self) -> dict[str, int]:
        """How many clauses are in each state, states without a clause left out."""
        counted = Counter(line.state for line in self.lines)
        return {state: counted[state] for state in STATES if counted[state]}


def coverage(
    name: Annotated[str, typer.Argument(metavar="SCHOOL", help="A school's id, or a pack's.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show how each clause of a policy stands: checked, attested, to be attested, unobserved, not mapped or red."""
    settings = from_environment()
    if not Places(settings.home, name).settings.exists() and name in known_packs():
        sheet = _sheet_of_pack(load_pack(name))
    else:
        sheet = _sheet_of_school(settings, name)
    if as_json:
        typer.echo(json.dumps(_as_json(sheet), indent=2, ensure_ascii=False))
    else:
        _print(sheet)


def _sheet_of_pack(pack: Pack) -> Sheet:
    day = from_environment().clock().date()
    return Sheet(pack, _lines(pack, gather_attestations((), (), ZoneInfo("UTC")), day, None))


def _sheet_of_school(settings: Settings, school_id: str) -> Sheet:
    places, school, pack = open_school(settings, school_id)
    comparison = comparison_of(school, pack, places.folder)
    attestations = attestations_of(settings, places, school)
    day = settings.clock().astimezone(attestations.zone).date()
    run_id, standings = _of_newest_run(settings, places)
    lines = _lines(pack, attestations, day, comparison)
    told = tuple(replace(line, told=standings.get((pack.id, line.clause.id))) for line in lines)
    return Sheet(pack, told, school, comparison, run_id)


def _of_newest_run(settings: Settings, places: Places) -> tuple[str | None, dict[tuple[str, str], Standing]]:
    """Return the newest published run, and how it says that each clause stands, by pack and clause; without numbers."""
    if not places.published.exists():
        return None, {}
    with opened(places.published, find_key(settings, places), read_only=True) as copy:
        ensure_current(copy)
        [(run_id,)] = copy.execute("select max(run_id) from published.runs").fetchall()
        standings = in_policy_order(read_week(copy, run_id=run_id, tier="governors")) if run_id else ()
    return run_id, {(one.clause.pack, one.clause.clause): one for one in standings}


def _lines(pack: Pack, told: Attestations, day: date, comparison: PackComparison | None) -> tuple[Line, ...]:
    return tuple(Line(c, clause_state_on(c, told, day, comparison=comparison, checked="")) for c in pack.clause)


def _print(sheet: Sheet) -> None:
    if sheet.school:
        say(sheet.school.school.name)
    for sentence in heading(sheet.pack):
        say(sentence)
    if sheet.run_id:
        say(f"what was checked is told as the run of {sheet.run_id} found it")
    for line in sheet.lines:
        until = f" until {line.clause_state.until}" if line.clause_state.until else ""
        typer.echo("")
        say(f"{line.clause.ref}  [{line.clause.binds} {line.clause.force}]  {line.clause.id}: {line.state}{until}")
        for sentence in _how(line):
            say(sentence, indent=2)
    typer.echo("")
    say(", ".join(f"{count} {state}" for state, count in sheet.totals.items()) + f"; {len(sheet.lines)} in all")
    for remark in sheet.comparison.remarks() if sheet.comparison else ():
        say(remark)


def _how(line: Line) -> Iterator[str]:
    if line.clause_state.state in {"red", "attested"} and line.clause_state.why:
        yield line.clause_state.why
    yield line.clause.says
    if line.told and (verdict := verdict_sentence(line.told)):
        yield verdict
    if line.clause_state.state != "attested":
        yield from how(line.clause)


def _as_json(sheet: Sheet) -> dict[str, object]:
    comparison = sheet.comparison
    source = comparison and {
        "file": comparison.file_name,
        "sentences": comparison.sentences,
        "mapped_to_no_clause": comparison.unmapped,
        "pages_without_text": comparison.empty_pages,
    }
    return {
        "school": sheet.school.school.name if sheet.school else None,
        "pack": sheet.pack.id,
        "title": sheet.pack.title,
        "edition": sheet.pack.edition,
        "run_id": sheet.run_id,
        "clauses": [_line_as_json(line) for line in sheet.lines],
        "totals": {**sheet.totals, "in all": len(sheet.lines)},
        "source": source,
    }


def _line_as_json(line: Line) -> dict[str, object]:
    clause, until = line.clause, line.clause_state.until
    return {
        "clause": clause.id,
        "ref": clause.ref,
        "says": clause.says,
        "force": clause.force,
        "binds": clause.binds,
        "state": line.state,
        "attested_until": until.isoformat() if until else None,
        "how": list(how(clause)),
        "why": line.clause_state.why or None,
        "verdict": line.told.verdict if line.told else None,
        "looked_at": line.told.clause.looked_at if line.told else None,
        "covers": clause.covers,
        "not_covered": clause.not_covered,
        "who_answers": answers(line.told) if line.told else None,
    }
