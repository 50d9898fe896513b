"""On how many days so many schools are asked for, on the group's own plan: `python -m tests.bench.fleet.quota`.

Nothing is pulled. A school takes 14 YouTube units in a usual week and 304 in one in which a list comes short, and at X
$3.20 by its own keys; `short` is the share of schools of the second kind, drawn by a fixed seed. A project gives 10,000
units a day. What is printed is what docs/scale.md says.
"""

import random
import time
from collections.abc import Iterator
from decimal import Decimal

from flows.prefect.quota_plan import Amount, Left, SchoolNeeds, plan

USUAL, SHORT = 14, 304
X_USD = Decimal("3.20")
A_DAY = 10_000


def schools(count: int, short: float, projects: int) -> Iterator[SchoolNeeds]:
    """Yield the schools, dealt out over so many projects; X bills each by an app of its own."""
    drawn = random.Random(37)
    for number in range(count):
        units = SHORT if drawn.random() < short else USUAL
        yield SchoolNeeds(f"{number:05}", {f"p{number % projects}": Amount(units), "x": Amount(usd=X_USD)})


def main() -> None:
    """Print a line for each case: what it needs, and how the plan spreads it."""
    print("| schools | projects | short | units | dollars | days | on the first day | worst wait | seconds |")
    print("|---|---|---|---|---|---|---|---|---|")
    for count, projects in ((600, 1), (20_000, 1), (20_000, 34)):
        for short in (0.0, 0.05, 1.0):
            needs = list(schools(count, short, projects))
            left = {f"p{number}": Left(A_DAY, A_DAY) for number in range(projects)} | {"x": Left()}
            began = time.perf_counter()
            made = plan(needs, left)
            took = time.perf_counter() - began
            units = sum(need.units for school in needs for need in school.by_allowance.values())
            wholes = [planned.whole for planned in made.values() if planned.whole is not None]
            dollars = sum(school.usd for school in needs)
            first = sum(planned.begins == 0 for planned in made.values())
            print(
                f"| {count:,} | {projects} | {short:.0%} | {units:,} | ${dollars:,.0f} | {max(wholes) + 1} "
                f"| {first:,} | {max(wholes)} days | {took:.1f} |"
            )


if __name__ == "__main__":
    main()
