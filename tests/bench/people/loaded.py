"""A set to learn from and to measure on, with its cases worked out."""

from dataclasses import dataclass

from tests.bench.people import fit
from tests.bench.people.fit import Cases
from tests.bench.people.sets import DevSet


@dataclass(frozen=True, slots=True)
class Loaded:
    """A set with its cases worked out."""

    given: DevSet
    cases: Cases

    @property
    def owned(self) -> int:
        """Return how many pairs of account and person there are to find."""
        return sum(map(len, self.given.truth.values()))


def load(given: DevSet) -> Loaded:
    """Return a set with its cases."""
    return Loaded(given, fit.cases_of(given))
