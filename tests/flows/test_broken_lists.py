"""A list that comes half, empty or in a circle makes its source partial, and one short of a few who may be hidden none.

A run with a partial source ends with exit code 3 and a message that says so: see test_faults and test_notify.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from demo.cuts import Cut
from flows.weekly.pull import pull
from flows.weekly.run import start
from tests.connectors import town
from tests.flows.few_checks import ask_few
from tests.flows.village import village
from tests.simulated.serve import Servers

FOLLOWERS = f"/2/users/{town.SCHOOL}/followers"


def x(path: str, **how: float) -> Callable[[Servers], None]:
    return lambda servers: servers.cuts.set("x", path, Cut(**how))  # type: ignore[arg-type]


def lacking(how_many: int) -> Callable[[Servers], None]:
    """Leave as many followers out of the list, and let X count them."""

    def cut(servers: Servers) -> None:
        left_out = servers.world.x.followers[town.SCHOOL][:how_many]
        servers.cuts.set("x", FOLLOWERS, Cut(hides=frozenset(left_out)))

    return cut


def in_a_circle(servers: Servers) -> None:
    servers.youtube_repeats = True


@pytest.mark.parametrize(
    ("source", "breaks", "problem"),
    [
        ("x", x(FOLLOWERS, ends_early=0.5), "followers (far_short)"),
        ("x", x(FOLLOWERS, is_empty=True), "followers (far_short)"),
        ("x", lacking(12), "followers (far_short)"),
        ("x", lacking(9), None),
        ("x", lacking(1), None),
        ("youtube", in_a_circle, "followers (loop)"),
        ("youtube", lambda _servers: None, None),
    ],
    ids=[
        "half of the followers",
        "no followers",
        "more than a quarter of the followers",
        "less than a quarter of them",
        "one, who may be suspended",
        "subscribers in a circle",
        "a subscriber who is private",
    ],
)
def test_a_source_is_partial_just_where_a_list_of_it_broke_off(
    tmp_path: Path, source: str, breaks: Callable[[Servers], None], problem: str | None
) -> None:
    with village(tmp_path, has_warehouse=True) as here:
        ask_few(here.places.folder)
        breaks(here.servers)
        context = here.context()
        with context.warehouse() as db:
            held = replace(context, held=db)
            start(held)
            ended = pull(held, source)

    assert ended.state == ("partial" if problem else "complete"), ended
    assert problem is None or problem in str(ended.problem)
