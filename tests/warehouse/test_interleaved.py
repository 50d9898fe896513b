"""Two workers of one school and a reader, interleaved at random and cut at any step: nothing is lost, merged or torn.

`make test` tells some seeds on obstore's own store in memory, whose conditional puts are S3's, and a few of them on a
real S3 server; `make soak` tells two hundred on both. What each generation held is noted the moment it is there.
"""

from itertools import pairwise

import pytest
from obstore.store import MemoryStore

from tests.object_stores import new_bucket, s3_server
from tests.warehouse.interleaved import Interleaving, Story, whole
from tests.warehouse.stored import School, files_in
from warehouse.object_store.address import StoreAddress
from warehouse.object_store.bucket import Bucket
from warehouse.object_store.shelf import LEASE

SEEDS, SOME, FEW = range(200), range(0, 200, 4), range(0, 200, 25)
HAPPENS = ("all was done", "a worker was stopped for ever", "a stale worker woke up", "a reader saw a change")


class BucketInMemory(Bucket):
    """A bucket of this process."""

    def __init__(self, address: StoreAddress) -> None:
        self.address, self._store = address, MemoryStore()

    def ensure_no_earlier_versions(self, below: str) -> None:
        """Know no versions, as the store in memory does."""


@pytest.fixture(scope="module")
def server():
    with s3_server() as url:
        yield url


def told(school: School, seed: int) -> Story:
    """Tell one seed, and hold against each other what was acknowledged, refused, seen and is there at the end."""
    interleaving = Interleaving(school, seed)
    story = interleaving.tell()
    logs = [log for _, log in story.generations]

    assert [number for number, _ in story.generations] == list(range(1, len(logs) + 1))
    for before, after in pairwise(logs):
        assert after.startswith(before)
        assert len(after.split()) == len(before.split()) + 1
    words = [f"{word} " for word in logs[-1].split()]
    assert len(set(words)) == len(words)
    assert set(story.done) <= set(words)
    assert not set(story.lost) & set(words)
    assert [logs.index(log) for log in story.read] == sorted(logs.index(log) for log in story.read)
    goes_on(interleaving.school, logs[-1])
    return story


def goes_on(school: School, log: str) -> None:
    """Have a last worker go on from the newest generation, and nothing else lie in the bucket afterwards."""
    school.clock.pass_by(LEASE)
    leased, folder = school.work("last")
    assert whole(files_in(folder)) == log
    for file in ("log", "twin"):
        (folder / file).write_text(f"{log}last")
    leased.put_back(folder, releases=True)

    assert whole(school.seen("at the end")) == f"{log}last"
    assert {name for name in school.objects() if "/files/" in name} == school.manifest().objects


def happened(stories: list[Story]) -> set[str]:
    """Return which of the things that must be tried at all were tried."""
    return {
        what
        for what, is_so in zip(
            HAPPENS,
            (
                any(len(story.done) == 4 for story in stories),
                any(len(story.done) + len(story.lost) < 4 for story in stories),
                any(story.lost for story in stories),
                any(len(set(story.read)) > 1 for story in stories),
            ),
            strict=True,
        )
        if is_so
    }


def in_memory(folder, seeds):
    address = StoreAddress("in-memory", "homes", "nowhere")
    return [told(School(address, folder / str(seed), bucket=BucketInMemory), seed) for seed in seeds]


def on_s3(server, folder, seeds):
    return [told(School(new_bucket(server), folder / str(seed)), seed) for seed in seeds]


def test_no_interleaving_loses_merges_or_tears_anything(tmp_path):
    assert happened(in_memory(tmp_path, SOME)) == set(HAPPENS)


def test_on_a_real_s3_server_neither(server, tmp_path):
    assert "a stale worker woke up" in happened(on_s3(server, tmp_path, FEW))


@pytest.mark.soak
def test_of_two_hundred_none_does_in_memory_or_on_a_real_s3_server(server, tmp_path):
    assert happened(in_memory(tmp_path / "memory", SEEDS)) == set(HAPPENS)
    assert happened(on_s3(server, tmp_path / "s3", SEEDS)) == set(HAPPENS)
