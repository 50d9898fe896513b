"""Two workers and a reader of one school: a seed decides at each step who goes on, sleeps, or never wakes again.

Each has a thread, and one alone goes at a time: before each question to the object store it waits for its turn.
"""

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from tests.warehouse.stored import School
from warehouse.object_store.bucket import Bucket, StoredObject
from warehouse.object_store.errors import LeasedError, LeaseLostError
from warehouse.object_store.leased import fetch_leased
from warehouse.object_store.shelf import LEASE

FIRST = {"log": b"", "twin": b"", "never changed": b"the same in every generation"}


class Killed(BaseException):
    """The worker's process is gone: nothing of what it still does reaches anybody."""


@dataclass(slots=True)
class Turn:
    """Lets one thread go from one question to the next."""

    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    waits: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    is_killed: bool = False
    is_over: bool = False

    def wait(self) -> None:
        """Called by the thread: give the turn away, and wait for the next one."""
        if self.is_killed:
            raise Killed
        self.waits.release()
        self.go.acquire()
        if self.is_killed:
            raise Killed

    def step(self) -> None:
        """Called by whoever decides: let the thread go until it waits again, or is over."""
        self.go.release()
        self.waits.acquire()


@dataclass(slots=True)
class Story:
    """What was acknowledged, refused and seen, and every generation that was the newest for a while."""

    done: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    generations: list[tuple[int, str]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)


class Interleaving:
    """One seed's telling of two workers and a reader."""

    def __init__(self, school: School, seed: int) -> None:
        self.bucket = school.bucket(school.address)
        self.school = replace(school, bucket=lambda _: self.bucket)
        self.mine = threading.local()
        self.random = random.Random(seed)
        self.story = Story()
        self.told: list[BaseException] = []
        self.school.begin(FIRST)
        self.note()

    def tell(self) -> Story:
        """Let everybody come to an end, or stay where they were stopped, and return what came of it."""
        actors = [
            self.actor(partial(does, name)) for name, does in (("a", self.work), ("b", self.work), ("r", self.read))
        ]
        sleeping: dict[int, int] = {}
        while going := [turn for turn in actors if not turn.is_over and not turn.is_killed]:
            awake = [turn for turn in going if sleeping.get(id(turn), 0) <= 0] or going
            turn = self.random.choices(awake, [1 if turn is actors[-1] else 3 for turn in awake])[0]
            chance = self.random.random()
            if chance < 0.02:
                turn.is_killed = True
            elif chance < 0.10:
                sleeping[id(turn)] = self.random.randrange(5, 40)
            if chance < 0.15:
                self.school.clock.pass_by(self.random.choice((LEASE, LEASE / 2, timedelta(seconds=30))))
            turn.step()
            sleeping = {name: left - 1 for name, left in sleeping.items()}
        if self.told:
            raise self.told[0]
        return self.story

    def actor(self, does: Callable[[], None]) -> Turn:
        turn = Turn()

        def lives() -> None:
            try:
                self.mine.turn = turn
                turn.wait()
                does()
            except Killed:
                pass
            except BaseException as error:  # noqa: BLE001 - told by the thread of the test
                self.told.append(error)
            turn.is_over = True
            turn.waits.release()

        threading.Thread(target=lives, daemon=True).start()
        turn.waits.acquire()
        return turn

    def seen(self) -> School:
        """Return the school as one of the actors reaches it."""
        return replace(self.school, bucket=lambda _: SteppedBucket(self))

    def note(self) -> None:
        """Write down the generation that is the newest now, if it is another, and hold both files together."""
        manifest = self.school.manifest()
        if self.story.generations and self.story.generations[-1][0] == manifest.generation:
            return
        shelf = self.school.shelf()
        bodies = {file.path: b"".join(map(shelf.part, file.objects)) for file in manifest.files}
        self.story.generations.append((manifest.generation, whole(bodies)))

    def work(self, name: str) -> None:
        """Add a word to both files, twice, as a run does: lease, fetch, work, renew, put back."""
        school, rounds = self.seen(), 0
        while rounds < 2:
            word = f"{name}{rounds} "
            folder = self.school.folder / f"{name}{self.random.randrange(10**9)}"
            try:
                leased = school.take()
            except LeasedError:
                self.school.clock.pass_by(timedelta(seconds=20))
                continue
            try:
                fetch_leased(leased, folder)
                for file in ("log", "twin"):
                    (folder / file).write_bytes((folder / file).read_bytes() + word.encode())
                leased.renew()
                leased.put_back(folder, releases=True)
            except LeaseLostError:
                self.story.lost.append(word)
            else:
                self.story.done.append(word)
            rounds += 1

    def read(self, name: str) -> None:
        for number in range(4):
            self.story.read.append(whole(self.seen().seen(f"{name}{number}")))


class SteppedBucket(Bucket):
    """A way to the server on which each question waits for its turn, and some answers are lost and asked for again."""

    def __init__(self, telling: Interleaving) -> None:
        self.address, self._store = telling.bucket.address, telling.bucket._store
        self.ensure_no_earlier_versions = telling.bucket.ensure_no_earlier_versions  # type: ignore[method-assign]
        self.telling = telling

    def wait(self) -> None:
        self.telling.mine.turn.wait()

    def get(self, name: str) -> StoredObject:
        self.wait()
        return super().get(name)

    def put(self, name: str, body: bytes) -> None:
        self.wait()
        super().put(name, body)

    def replace(self, name: str, body: bytes, expected: str | None) -> str:
        self.wait()
        e_tag = super().replace(name, body, expected)
        self.telling.note()
        if self.telling.random.random() < 0.1:
            return super().replace(name, body, expected)
        return e_tag

    def names(self, below: str) -> list[str]:
        self.wait()
        return super().names(below)

    def delete(self, names: Sequence[str]) -> None:
        self.wait()
        super().delete(names)


def whole(files: dict[str, bytes]) -> str:
    """Return the log, having seen that no other file is of another generation."""
    assert files.keys() == FIRST.keys()
    assert files["twin"] == files["log"]
    assert files["never changed"] == FIRST["never changed"]
    return files["log"].decode()
