"""What those read who read counts alone: the exceptions under one clause and check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many exceptions stand under one clause and check, by status."""

    pack: str
    clause: str
    clause_says: str
    check_id: str
    check_title: str
    finding_one: str | None
    finding_many: str | None
    severity: str
    owner_role: str
    new_count: int
    changed_count: int
    reopened_count: int
    open_count: int
    not_seen_count: int
    suspended_count: int
    gone_count: int
    set_aside_count: int
    overdue_count: int

    @property
    def to_do(self) -> int:
        """How many want somebody's eye for the first time, or again."""
        return self.new_count + self.changed_count + self.reopened_count

    @property
    def standing(self) -> int:
        """How many are open now, whatever their story."""
        return self.to_do + self.open_count + self.not_seen_count + self.suspended_count
