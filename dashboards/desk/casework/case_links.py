"""Which cases of a week say the same of one account, and so are settled together; made once for each week."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from dashboards.report.model import Week


class CaseLinks:
    """The links of each case: which account it says is whose. One that is rejected is so in every case that has it."""

    def __init__(self, week: Week) -> None:
        found = {link.fingerprint for link in week.links if link.is_found}
        self._settleable = found & {row.fingerprint for row in week.exceptions if row.is_open}
        of_case: defaultdict[str, set[int]] = defaultdict(set)
        with_link: defaultdict[int, set[str]] = defaultdict(set)
        for link in week.links:
            of_case[link.fingerprint].add(link.link)
            with_link[link.link].add(link.fingerprint)
        self._of_case: Mapping[str, AbstractSet[int]] = dict(of_case)
        self._with_link: Mapping[int, AbstractSet[str]] = dict(with_link)

    def of(self, fingerprint: str) -> AbstractSet[int]:
        """Return the links of a case."""
        return self._of_case.get(fingerprint, frozenset())

    def settled(self, fresh: AbstractSet[int], rejected: AbstractSet[int]) -> frozenset[str]:
        """Return the open cases that the run found, that have a fresh link, and whose every link is rejected."""
        touched = frozenset[str]().union(*(self._with_link.get(link, frozenset()) for link in fresh))
        return frozenset(case for case in touched & self._settleable if self._of_case[case] <= rejected)
