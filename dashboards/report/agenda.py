"""What there is to do this week: what is new, and what is late and whose task it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.report.exception_groups import Group, Section, by_due, gravity

NEW = ("new", "changed", "reopened")
KNOWN = ("open", "not_seen", "suspended")


def agenda(chapters: Mapping[str, Section]) -> tuple[Group, ...]:
    """Return what wants a person's eye now, the most severe first: all that is new, changed or back."""
    groups = [group for key in NEW for group in chapters[key].groups]
    return tuple(sorted(groups, key=lambda group: (gravity(group.first), *by_due(group.first))))


@dataclass(frozen=True, slots=True)
class LateTask:
    """How many known exceptions of one role are late, the day on which the oldest was due, and where they stand."""

    owner_role: str
    how_many: int
    due_on: date
    key: str


def late_tasks(chapters: Mapping[str, Section]) -> tuple[LateTask, ...]:
    """Return the late exceptions that are known from earlier runs, by whose task they are, the most first."""
    late: dict[str, list[tuple[date, str]]] = {}
    for key in KNOWN:
        for group in chapters[key].groups:
            where = f"{key}-{group.first.owner_role}"
            due = [(row.due_on, where) for row in group.rows if row.is_late and row.due_on]
            late.setdefault(group.first.owner_role, []).extend(due)
    tasks = (LateTask(role, len(due), min(due)[0], due[0][1]) for role, due in late.items() if due)
    return tuple(sorted(tasks, key=lambda task: (-task.how_many, task.owner_role)))
