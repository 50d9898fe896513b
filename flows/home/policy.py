"""A school's policy as its settings name it, and the checks that it may ask for, with what they declare."""

from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from policies.coverage import PackComparison, compare
from policies.documents import read_document
from policies.drafting.proposals import WatchingCheck, rule_of
from policies.mistakes import Known, KnownCheck, mistakes_in
from policies.model import Pack, PackError, law_only, load_pack, parse_pack
from policies.school import School
from policies.toml_text import read_text
from warehouse.exceptions.outcomes import EvidenceRow


def declarations() -> list[EvidenceRow]:
    """Return what every check declares of its evidence, whether the school's pack asks for it or not."""
    from checks.catalogue import catalogue  # noqa: PLC0415 - brings every check's libraries along

    return [
        EvidenceRow(
            check.id, evidence.label, evidence.kind, evidence.identifies, changes=evidence.changes, links=evidence.links
        )
        for check in catalogue().values()
        for evidence in check.evidence
    ]


def known_checks() -> Known:
    """Return the checks that there are, each with what a pack may ask of it."""
    from checks.catalogue import catalogue  # noqa: PLC0415 - brings every check's libraries along
    from checks.model import Concern  # noqa: PLC0415 - which comes with them

    return {
        check.id: KnownCheck(
            check.refused,
            {one.label: one.values for one in check.evidence},
            check.sources,
            get_args(Concern),
            sees_all=check.sees_all,
        )
        for check in catalogue().values()
    }


def watching_checks() -> list[WatchingCheck]:
    """Return every check with the rules by which it is proposed for a clause."""
    from checks.catalogue import catalogue  # noqa: PLC0415 - brings every check's libraries along

    return [
        WatchingCheck(one.id, one.title, one.cannot_see, [*map(rule_of, one.proposed)], sees_all=one.sees_all)
        for one in catalogue().values()
    ]


NO_POLICY = (
    "No policy of the school's own is set, so a run looks only at what the law asks of every school. Draft yours "
    '(audit policies draft POLICY --out {folder}/own.toml), then write pack = "own.toml" under [school] in school.toml.'
)


def pack_of(school: School, folder: Path) -> Pack:
    """Return the school's pack, with what `[clauses]` in school.toml sets; PackError for an unknown or a wrong one.

    A school that names none is looked at by what the law asks of every school, and by no other school's policy.
    """
    name = school.school.pack
    if name is None:
        return as_set(law_only(), school)
    return as_set(own_pack(folder / name) if name.endswith(".toml") else load_pack(name), school)


def as_set(pack: Pack, school: School) -> Pack:
    """Return the pack with owner, days and severity as the school sets them by clause; PackError for a wrong clause."""
    checked = [clause.id for clause in pack.clause if clause.checks]
    for name in school.clauses:
        if name not in checked:
            near = get_close_matches(name, checked, n=1)
            hint = f"Is it {near[0]}?" if near else f"To see which it checks: audit policies show {pack.id}"
            raise PackError(f"[clauses] in school.toml sets {name!r}, and {pack.id} checks no such clause. {hint}")
    clauses = [
        clause.model_copy(update={"checks": tuple(map(school.clauses[clause.id].applied_to, clause.checks))})
        if clause.id in school.clauses
        else clause
        for clause in pack.clause
    ]
    return pack.model_copy(update={"clause": tuple(clauses)})


def own_pack(path: Path) -> Pack:
    """Return the pack in a school's own file; PackError with the first mistake and how many there are."""
    text = read_text(path, PackError)
    if mistakes := mistakes_in(text, known_checks()):
        others = f" It has {len(mistakes)} mistakes in all." if len(mistakes) > 1 else ""
        first = f"{path.name}, line {mistakes[0].line}: {mistakes[0].says}"
        raise PackError(f"{first}{others} To see each with its line: audit policies check {path}")
    return parse_pack(text, where=path.name)


def comparison_of(school: School, pack: Pack, folder: Path) -> PackComparison | None:
    """Return how the pack and the school's own text agree, or None where the school names no text."""
    source = school.school.policy_source
    if source is None and pack.made_from and (folder / pack.made_from).is_file():
        source = pack.made_from
    return compare(pack, read_document(folder / source)) if source else None
