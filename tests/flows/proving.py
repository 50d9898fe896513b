"""What becomes of the borough between two looks, and what a run made of it: the machinery of `test_proved.py`."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.source import Endpoints
from demo.model import XPost
from flows.home.context import Context
from flows.home.settings import RetryPolicy, Settings
from flows.weekly.run import sequence
from tests.flows.borough import BUDGET, LOOK_UPS, PATHS, SCHOOL, Borough, Subject, photograph
from warehouse.store.open import opened

Turn = Callable[[Borough, Sequence[Subject]], None]
Key = tuple[str, str, str]
BY_ACTOR = frozenset({"followers", "following", "subscribers"})


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario: what stands on the account of this number at first, what happens then, and what must be said of it.

    `status` and `later` are what a subject may be at the second and third look; `""` is no row at all. `proof` is what
    the words "gone" rest on.
    """

    says: str
    place: int
    kinds: Sequence[str]
    second: Turn
    status: str
    third: Turn = lambda _borough, _subjects: None
    later: str = "open"
    proof: str = "asked"
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run published: each exception's status and proof by its key, verdicts, and the take-downs."""

    exceptions: Mapping[Key, Mapping[str, Any]]
    verdicts: Mapping[str, str]
    takedowns: Mapping[str, Mapping[str, Any]]
    usd: Decimal
    units: int

    def status(self, key: Key) -> str:
        """Return an exception's status, nothing if it has no row."""
        return str(self.exceptions[key]["status"]) if key in self.exceptions else ""

    @property
    def gone(self) -> set[Key]:
        """The exceptions that are said to be gone."""
        return {key for key, row in self.exceptions.items() if row["status"] == "gone"}

    @property
    def standing(self) -> set[Key]:
        """Every other one."""
        return self.exceptions.keys() - self.gone


def cut(listing: str, **how: Any) -> Turn:
    """Cut one list of the account; with nothing else said, leave the subjects out of it."""

    def turn(borough: Borough, subjects: Sequence[Subject]) -> None:
        assert borough.servers is not None
        cuts, path = borough.servers.cuts, PATHS[listing].format(subjects[0].account_id)
        ids = {one.actor_id if listing in BY_ACTOR else one.post_id for one in subjects}
        before = cuts.of(subjects[0].platform, path)
        hides = before.hides | (frozenset() if how.keys() & {"ends_early", "is_empty", "loses_token_of"} else ids)
        cuts.set(subjects[0].platform, path, replace(before, hides=hides, **how))

    return turn


def failing(kind: str) -> Turn:
    """Let every look-up about the subjects fail so."""

    def turn(borough: Borough, subjects: Sequence[Subject]) -> None:
        assert borough.servers is not None
        about = {each for one in subjects for each in (one.actor_id, one.post_id, one.subject_id)}
        about -= {subjects[0].account_id, ""}
        for path in LOOK_UPS[subjects[0].platform]:
            borough.servers.cuts.fail(subjects[0].platform, path, kind, about=about)

    return turn


def both(*turns: Turn) -> Turn:
    """Let all of this happen."""

    def turn(borough: Borough, subjects: Sequence[Subject]) -> None:
        for each in turns:
            each(borough, subjects)

    return turn


def actors(change: Callable[..., None]) -> Turn:
    """Let this befall the subjects' actors."""
    return lambda borough, subjects: change(borough.world, *(one.actor_id for one in subjects))


def posts(change: Callable[..., None]) -> Turn:
    """Let this befall the subjects' posts, videos or comments."""
    return lambda borough, subjects: change(borough.world, *(one.post_id for one in subjects))


def lines(change: Callable[..., None]) -> Turn:
    """Let this befall the lines between the account and the subjects' actors."""
    return lambda borough, subjects: change(borough.world, subjects[0].account_id, *(one.actor_id for one in subjects))


def a_stranger_left_out(borough: Borough, subjects: Sequence[Subject]) -> None:
    """Leave the first follower of the account out of its list, who is nobody."""
    stranger = borough.world.x.followers[subjects[0].account_id][0]
    cut("followers")(borough, [replace(subjects[0], actor_id=stranger)])


def put_right(borough: Borough, subjects: Sequence[Subject]) -> None:
    """Edit the subjects' posts, so that nothing is wrong with them; an edit has an id of its own."""
    for one in subjects:
        old = borough.world.x.posts.pop(one.post_id)
        borough.things += 1
        new: XPost = replace(old, id=f"{one.post_id}9", text="Found, thank you.", versions=[one.post_id])
        borough.world.x.posts[new.id] = new


def reworded(borough: Borough, subjects: Sequence[Subject]) -> None:
    """Let the subjects' videos say something else."""
    for video in borough.world.youtube.videos:
        if video.id in {one.post_id for one in subjects}:
            video.description = "In the hall"


def approved(borough: Borough, subjects: Sequence[Subject]) -> None:
    """Put the subjects' pictures onto the photographs register."""
    x = borough.world.x
    for number, one in enumerate(subjects):
        url = x.media[one.subject_id].url
        borough.masters[f"late{number}.jpg"] = borough.world.pictures[url]
        borough.registers["photographs"].append(photograph(f"late{number}"))


def corrected(borough: Borough, subjects: Sequence[Subject]) -> None:
    """Take the subjects' accounts off the register: they were somebody else's."""
    for one in subjects:
        borough.row_of(one)["x_account"] = ""


def look(context: Context) -> Seen:
    """Audit the school as of the context's day, and return what was published."""
    sequence(context)
    with opened(context.places.published, context.key, read_only=True) as copy:

        def rows(table: str) -> list[dict[str, Any]]:
            found = copy.execute(f"select * from published.{table} where run_id = ?", [context.run_id])
            return found.pl().to_dicts()

        return Seen(
            {(row["check_id"], row["account_id"], row["subject_id"]): row for row in rows("exceptions")},
            {row["check_id"]: row["verdict"] for row in rows("coverage")},
            {row["photograph_id"]: row for row in rows("takedowns")},
            rows("runs")[0]["cost_usd"],
            rows("runs")[0]["quota_units"],
        )


def copied(borough: Borough) -> Borough:
    """Return the borough as it stands now, on the same servers."""
    servers, borough.servers = borough.servers, None
    made = deepcopy(borough)
    borough.servers = made.servers = servers
    return made


def shown(borough: Borough) -> Borough:
    """Let the servers show this borough, with nothing cut."""
    assert borough.servers is not None
    borough.servers.cuts.clear()
    borough.servers.show(borough.world)
    return borough


def spend(settings: Settings, *, usd: Decimal, units: int) -> None:
    """Let a run of the school spend this much and no more."""
    path = settings.home / SCHOOL / "school.toml"
    budget = f'usd_per_run = "{usd}"\nunits_per_run = {units}'
    path.write_text(path.read_text().replace(BUDGET, budget))


def settings_of(borough: Borough, home: Path) -> Settings:
    """Return settings that reach the borough's servers and nothing else."""
    assert borough.servers is not None
    servers = borough.servers
    endpoints = Endpoints(x=servers.x_url, youtube=servers.youtube_url, media=servers.media_url)
    return Settings(home=home, endpoints=endpoints, retry_policy=RetryPolicy(tries=2, first_wait=0.05, max_seconds=3.0))
