"""What a school's people attested, beside what its published runs found to counter-evidence, and what they may."""

from contextlib import closing
from zoneinfo import ZoneInfo

from flows.home.context import open_casebook
from flows.home.keys import find_key
from flows.home.policy import comparison_of
from flows.home.settings import Settings
from policies.attestations import Attestations, CounterEvidence, gather_attestations
from policies.attesting import PolicyToAttest
from policies.model import Pack
from policies.school import School
from warehouse.exceptions.published_cases import counter_evidence
from warehouse.runs.publish import ensure_current
from warehouse.store.open import opened
from warehouse.store.places import Places


def policy_to_attest(places: Places, school: School, pack: Pack) -> PolicyToAttest:
    """Return the school's pack beside its text, by which an attestation is taken or refused."""
    comparison = comparison_of(school, pack, places.folder)
    return PolicyToAttest(school.id, pack, comparison, ZoneInfo(school.school.timezone))


def attestations_of(settings: Settings, places: Places, school: School) -> Attestations:
    """Return what was said of a school's clauses, beside what its published runs found to counter-evidence."""
    with closing(open_casebook(settings, places)) as book:
        attested = book.attestations()
    return gather_attestations(attested, _found(settings, places), ZoneInfo(school.school.timezone))


def _found(settings: Settings, places: Places) -> tuple[CounterEvidence, ...]:
    if not places.published.exists():
        return ()
    with opened(places.published, find_key(settings, places), read_only=True) as copy:
        ensure_current(copy)
        return counter_evidence(copy)
