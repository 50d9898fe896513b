"""A school's folder in an object store: put back whole by whoever has the lease, sealed, and gone when replaced."""

import json
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from tests.object_stores import new_bucket, put, s3_server
from tests.warehouse.stored import KEY, SCHOOL, Clock, School, files_in
from warehouse.object_store import folder as folder_module
from warehouse.object_store.address import StoreAddress
from warehouse.object_store.bucket import Bucket
from warehouse.object_store.errors import (
    LeasedError,
    LeaseLostError,
    LinkError,
    MissingError,
    NoSchoolError,
    NotOursError,
    ObjectStoreError,
    UnreachableError,
)
from warehouse.object_store.folder import brought_back, set_aside, worked_in
from warehouse.object_store.leased import fetch_leased
from warehouse.object_store.shelf import LEASE

FILES = {
    "school.toml": b'"Hill View"',
    "registers/pupils.csv": b"Rosalind,Thistlewood",
    "warehouse.duckdb": b"w",
}


@pytest.fixture(scope="module")
def server():
    with s3_server() as url:
        yield url


@pytest.fixture
def school(server, tmp_path) -> School:
    made = School(new_bucket(server), tmp_path)
    made.begin(FILES)
    return made


def test_what_one_worker_puts_back_the_next_one_fetches_with_times_and_empty_folders(school):
    leased, folder = school.work("one")
    (folder / "photographs").mkdir()
    (folder / "registers" / "pupils.csv").write_bytes(b"")
    os.utime(folder / "school.toml", ns=(1, 1_700_000_000_123_456_789))
    leased.put_back(folder, releases=True)

    _, fetched = school.work("two")

    assert files_in(fetched) == FILES | {"registers/pupils.csv": b""}
    assert (fetched / "photographs").is_dir()
    assert (fetched / "school.toml").stat().st_mtime_ns == 1_700_000_000_123_456_789
    assert {path.stat().st_mode & 0o077 for path in (fetched, *fetched.rglob("*"))} == {0}
    assert school.manifest().generation == 2


def test_a_file_of_several_parts_comes_back_as_it_was(school, monkeypatch):
    monkeypatch.setattr(folder_module, "PART_BYTES", 1000)
    body = bytes(range(256)) * 10
    leased, folder = school.work("one")
    (folder / "warehouse.duckdb").write_bytes(body)
    leased.put_back(folder, releases=True)

    assert school.seen()["warehouse.duckdb"] == body
    assert [len(file.objects) for file in school.manifest().files if file.size > 1000] == [3]


def test_what_has_not_changed_is_not_put_there_again(school):
    before = school.objects().keys()
    leased, folder = school.work("one")
    (folder / "school.toml").write_bytes(b"changed")
    leased.put_back(folder, releases=True)

    after = school.objects().keys()
    assert len(after - before) == 1
    assert len(before - after) == 1  # the earlier school.toml

    leased, folder = school.work("two")
    leased.put_back(folder, releases=True)

    assert school.objects().keys() == after
    assert school.manifest().generation == 2
    assert school.manifest().lease is None


def test_nothing_of_an_earlier_generation_is_left_once_the_next_one_is_there(school):
    before = school.objects()
    leased, folder = school.work("one")
    for path in folder.rglob("*.*"):
        path.write_bytes(b"erased")
    leased.put_back(folder, releases=True)

    after = school.objects()
    assert before.keys() & after.keys() == {f"{SCHOOL}/manifest"}
    assert len(after) == 1 + len(FILES)


def test_neither_a_byte_nor_a_name_of_a_file_lies_in_the_bucket_in_clear(school):
    lying = b"".join([*school.objects().values(), *(name.encode() for name in school.objects())])

    assert [
        word for word in (b"Rosalind", b"Hill View", b"pupils", b"school.toml", KEY.encode()) if word in lying
    ] == []


def test_while_one_worker_has_the_lease_another_is_told_until_when(school):
    school.take()

    with pytest.raises(LeasedError, match=r"Another worker has hill-view\. .* its lease ends in [45]\.\d minutes\."):
        school.take()


def test_a_renewed_lease_is_not_taken_over_and_one_that_ended_is(school):
    almost, leased = LEASE - timedelta(minutes=1), school.take()  # a busy machine may take a second for each step
    school.clock.pass_by(almost)
    leased.renew()
    school.clock.pass_by(almost)
    with pytest.raises(LeasedError):
        school.take()
    school.clock.pass_by(LEASE - almost)

    taken = school.take()

    assert taken.manifest.lease is not None
    assert taken.manifest.lease.number == 3  # the first generation was the first


def test_a_worker_whose_lease_was_taken_over_can_change_nothing_any_more(school):
    stale, folder = school.work("stale")
    (folder / "school.toml").write_bytes(b"stale")
    school.clock.pass_by(LEASE)
    leased, newer = school.work("newer")
    (newer / "school.toml").write_bytes(b"newer")
    leased.put_back(newer, releases=True)

    for change in (stale.renew, stale.release, lambda: stale.put_back(folder)):
        with pytest.raises(LeaseLostError, match="nothing of this run was put back"):
            change()
    stale.sweep()

    assert school.seen()["school.toml"] == b"newer"


def test_a_lease_that_was_given_back_is_not_renewed_into_being(school):
    leased = school.take()
    leased.release()
    leased.renew()

    assert school.manifest().lease is None


class DeafBucket(Bucket):
    """A way to the server on which answers to a conditional put may be lost after it was done."""

    is_deaf = False

    def replace(self, name, body, expected):
        e_tag = super().replace(name, body, expected)
        if DeafBucket.is_deaf:
            DeafBucket.is_deaf = False
            return super().replace(name, body, expected)  # tried again, as on a line that was cut
        return e_tag


@pytest.mark.parametrize("at_taking", [True, False], ids=["the taking", "the putting back"])
def test_a_put_that_was_done_and_whose_answer_was_lost_counts_as_done(school, at_taking):
    deaf = replace(school, bucket=DeafBucket)
    DeafBucket.is_deaf = at_taking
    leased, folder = deaf.work("one")
    (folder / "school.toml").write_bytes(b"changed")
    DeafBucket.is_deaf = not at_taking
    leased.put_back(folder, releases=True)

    assert school.manifest().lease is None
    assert school.seen()["school.toml"] == b"changed"


def test_a_reader_under_whose_hands_a_generation_is_replaced_reads_the_next_one_whole(school):
    class SlowBucket(Bucket):
        asked = 0

        def get(self, name):
            SlowBucket.asked += 1
            if SlowBucket.asked == 3:  # the manifest and one file are read
                leased, folder = school.work("meanwhile")
                for file in FILES:
                    (folder / file).write_bytes(b"next")
                leased.put_back(folder, releases=True)
            return super().get(name)

    assert replace(school, bucket=SlowBucket).seen() == dict.fromkeys(FILES, b"next")


def test_what_a_killed_worker_had_put_there_goes_when_the_next_one_begins(school):
    before = school.objects().keys()
    killed, _ = school.work("killed")
    killed.shelf.keep(killed.manifest.leases, 1, b"half of something")
    school.clock.pass_by(LEASE)
    school.take()

    assert school.objects().keys() == before


def test_what_a_newer_worker_has_begun_to_put_there_is_never_deleted_by_an_older_one(school):
    stale = school.take()
    school.clock.pass_by(LEASE)
    newer = school.take()
    name = newer.shelf.keep(newer.manifest.leases, 1, b"begun")
    stale.sweep()

    assert newer.shelf.part(name) == b"begun"


def test_another_key_opens_nothing_and_changes_nothing(school):
    before = school.objects()

    with pytest.raises(NotOursError, match=r"The key does not open hill-view/manifest .*; nothing was changed\."):
        school.shelf("another-school-s-key-0123456789abcdefgh").read()
    assert school.objects() == before


def test_an_object_that_was_changed_or_put_in_another_s_place_is_not_opened(school):
    first, second, *_ = sorted(name for name in school.objects() if "/files/" in name)
    bucket = Bucket(school.address)
    body = bucket.get(first).body
    for wrong in (bucket.get(second).body, body[:-1] + bytes([body[-1] ^ 1]), body[:10], b""):
        bucket.put(first, wrong)
        with pytest.raises(NotOursError):
            school.shelf().part(first)


def test_an_object_that_is_gone_is_told_and_a_worker_s_folder_is_put_nowhere(school):
    bucket = Bucket(school.address)
    bucket.delete([name for name in bucket.names("") if "/files/" in name][:1])

    with pytest.raises(MissingError, match="gone from s3://schools"):
        school.seen()
    leased = school.take()
    with pytest.raises(MissingError):
        fetch_leased(leased, school.folder / "one")


def test_a_school_that_is_not_there_is_told_with_what_brings_it(server, tmp_path):
    school = School(new_bucket(server), tmp_path)

    with pytest.raises(NoSchoolError, match="audit store push hill-view --from FOLDER"):
        school.take()
    school.take(may_be_new=True)  # and killed before anything was put there
    with pytest.raises(NoSchoolError):
        school.seen()


def test_a_link_is_refused_by_its_name(school):
    leased, folder = school.work("one")
    (folder / "registers" / "staff.csv").symlink_to("/etc/hostname")

    with pytest.raises(LinkError, match=r"registers/staff\.csv is a link"):
        leased.put_back(folder)


def versions(server: str, address: StoreAddress, status: str) -> None:
    said = f"<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>"
    put(f"{server}/{address.bucket}?versioning", said.encode())


def test_a_bucket_that_keeps_earlier_versions_is_refused_before_anything_is_put_there(server, tmp_path):
    address = new_bucket(server)
    versions(server, address, "Enabled")

    with pytest.raises(ObjectStoreError, match="keeps earlier versions of what is deleted"):
        School(address, tmp_path).begin(FILES)
    assert [name for name in Bucket(address).names("") if "/files/" in name] == []


@pytest.mark.parametrize("deleted", [False, True], ids=["replaced", "deleted"])
def test_a_bucket_that_kept_versions_once_is_refused_though_it_keeps_none_now(server, tmp_path, deleted):
    address = new_bucket(server)
    Bucket(address).put(f"{SCHOOL}/files/1/1", b"before")
    versions(server, address, "Enabled")
    Bucket(address).put("another-school/files/1/1", b"1")
    if deleted:
        Bucket(address).delete([f"{SCHOOL}/files/1/1"])
    else:
        Bucket(address).put(f"{SCHOOL}/files/1/1", b"after")
    versions(server, address, "Suspended")

    with pytest.raises(ObjectStoreError, match="keeps earlier versions of what is deleted"):
        School(address, tmp_path).begin(FILES)


def test_among_more_objects_than_one_page_lists_an_earlier_version_is_found(server, monkeypatch):
    monkeypatch.setattr("warehouse.object_store.bucket._PAGE", 3)
    address = new_bucket(server)
    versions(server, address, "Enabled")
    for number in range(8):
        Bucket(address).put(f"{SCHOOL}/files/1/{number:06d}", b"")
    Bucket(address).ensure_no_earlier_versions(SCHOOL)
    Bucket(address).put(f"{SCHOOL}/files/1/{7:06d}", b"again")

    with pytest.raises(ObjectStoreError, match="keeps earlier versions"):
        Bucket(address).ensure_no_earlier_versions(SCHOOL)


class Role(BaseHTTPRequestHandler):
    """A machine's credentials, as a container is given them: each answer has a new key, which ends in a minute."""

    given: ClassVar[list[str]] = []

    def do_GET(self):
        self.given.append(f"key{len(self.given)}")
        ends = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = {"AccessKeyId": self.given[-1], "SecretAccessKey": "s", "Token": "t", "Expiration": ends}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_):
        pass


def test_a_machine_s_own_credentials_are_fetched_anew_before_they_end(server, tmp_path, monkeypatch):
    Role.given.clear()
    with HTTPServer(("127.0.0.1", 0), Role) as role:
        threading.Thread(target=role.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"http://127.0.0.1:{role.server_port}/")
        school = School(replace(new_bucket(server), key_id="", secret=""), tmp_path)
        school.begin(FILES)
        assert school.seen() == FILES
        role.shutdown()

    assert len(Role.given) > 2


def test_a_machine_without_credentials_is_told_what_to_set(server, monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(ObjectStoreError, match=r"There are no credentials for s3://.* a role that AWS knows"):
        Bucket(replace(new_bucket(server), key_id="", secret=""))


def test_no_clock_of_a_worker_takes_a_lease_or_keeps_it(school):
    fast, dead = replace(school, clock=Clock()), school.take()
    fast.clock.at += timedelta(hours=1)
    with pytest.raises(LeasedError):
        fast.take()
    school.clock.pass_by(LEASE)

    assert school.take().manifest.leases == dead.manifest.leases + 1


def test_a_bucket_that_is_not_there_and_a_server_that_does_not_answer_are_told_in_a_sentence(server, monkeypatch):
    monkeypatch.setattr("warehouse.object_store.bucket._TRIES", 0)
    nowhere = replace(new_bucket(server), bucket="nowhere")
    with pytest.raises(ObjectStoreError, match="There is no bucket for s3://nowhere/homes"):
        Bucket(nowhere).get("x")
    with pytest.raises(UnreachableError, match=r"does not answer\. Check AWS_ENDPOINT_URL"):
        Bucket(replace(nowhere, endpoint="http://127.0.0.1:9")).get("x")


def test_a_private_folder_goes_at_the_end_and_that_of_a_killed_process_when_the_next_begins(tmp_path):
    scratch = tmp_path / "scratch"
    with worked_in(scratch) as first:
        (first / "file").write_text("Rosalind")
        left = scratch / "work-left"
        left.mkdir()
        with worked_in(scratch) as second:
            assert first.is_dir()
            assert not left.exists()
            assert second.stat().st_mode & 0o077 == 0

    assert list(scratch.glob("work-*")) == []


def test_what_was_set_aside_of_one_school_is_no_other_s_whose_id_begins_alike(tmp_path):
    folders = {school: tmp_path / school for school in ("hill", "hill-view", "hill-7")}
    for folder in folders.values():
        folder.mkdir()
    kept = [set_aside(folder, tmp_path, KEY, 7) for folder in folders.values()]
    unfinished = tmp_path / "unsent-hill-3.tar.part"
    unfinished.touch()
    older = set_aside(folders["hill"], tmp_path, KEY, 6)

    assert brought_back(tmp_path / "work" / "hill", tmp_path, KEY, 7) == kept[0]
    assert [path.exists() for path in (*kept, unfinished, older)] == [True, True, True, False, False]


def test_a_scratch_folder_that_others_may_use_is_refused(tmp_path):
    tmp_path.chmod(0o755)

    with pytest.raises(ObjectStoreError, match="may be used by others"), worked_in(tmp_path):
        pass


def test_of_workers_that_take_a_lease_at_once_one_has_it(school):
    answers = []

    def taking() -> None:
        try:
            answers.append(school.take().manifest.leases)
        except LeasedError:
            answers.append(None)

    threads = [threading.Thread(target=taking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers, key=str) == [2, None, None, None]
