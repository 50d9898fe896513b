"""The group's one objective: how many schools are published by when; a miss is told once, by apprise."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from dashboards.group.report import GroupWeek, SchoolCounts
from dashboards.group.states import ObjectiveMet, objective
from flows.home.group_settings import GroupSettings, group_file, read_group
from flows.home.settings import ConfigurationError, Settings
from flows.notify.message import Message
from flows.notify.send import is_accepted
from warehouse.object_store.folder import ensure_own
from warehouse.store.places import is_shared
from warehouse.store.private_files import put_in_place

_FOLDER = "group_reports"  # no school is called so: an id has no underscore
_TOLD = "objective-told"


def group_folder(settings: Settings) -> Path:
    """Return the folder of the group's reports, which is made: in AUDIT_HOME, or on this machine where that is stored.

    ObjectStoreError where others may use what is below this machine's.
    """
    if settings.store:
        ensure_own(settings.kept_here)
    folder = settings.kept_here / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def objective_of(
    group: GroupSettings, day: date, schools: Sequence[SchoolCounts], now: datetime
) -> ObjectiveMet | None:
    """Return how the objective of the week of a day was met; None before its hour."""
    asked = group.objective
    of_week = asked.of_week(day)
    by = asked.hour_of(of_week)
    stands = [(school.state, school.published_since(of_week)) for school in schools]
    return objective(stands, by, asked.share, now)


def told_of_miss(settings: Settings, week: GroupWeek) -> str:
    """Tell the operator of a missed objective, once of the same; return what is to be said of that, or nothing."""
    missed, group = week.objective, read_group(settings)
    if missed is None or not missed.is_missed:
        return ""
    if group.alert is None:
        return 'The objective was missed, and nobody is told: write alert = "…", an address, in group.toml.'
    if (path := group_file(settings)) and is_shared(path):
        raise ConfigurationError(f"{path} holds an address and may be read by others. Run: chmod 600 {path}")
    told = group_folder(settings) / _TOLD
    if told.exists() and told.read_text() == missed.by.isoformat():
        return ""
    states = "\n".join(f"{count:,} {state.replace('_', ' ')}" for state, count in week.states.items() if count)
    body = f"{missed.sentence}\n{states}\nWhich schools: audit group report\n"
    if not is_accepted(group.alert, Message("The schools' audits: the objective was missed", body)):
        return "The objective was missed, and the address in group.toml did not take the message. Correct alert there."
    put_in_place(told, missed.by.isoformat().encode())
    return "The objective was missed, and the operator was told."
