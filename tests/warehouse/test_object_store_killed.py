"""A worker that is killed while it puts a school back: the next one finds the old generation whole, or the new one.

It alone proves this with SIGKILL, each time in a process of its own and before another question to a real S3 server.
"""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.object_stores import new_bucket, s3_server
from tests.warehouse.stored import School, written
from warehouse.object_store.shelf import LEASE

ROOT = Path(__file__).parents[2]
OLD = {"one": b"old", "two": b"old", "three": b"old"}
NEW = {"one": b"new", "two": b"new", "three": b"old"}
WORKER = """
import json, os, signal, sys
from pathlib import Path
from tests.warehouse.stored import School, written
from tests.warehouse.test_object_store_killed import NEW
from warehouse.object_store.address import StoreAddress
from warehouse.object_store.bucket import Bucket

address, folder, question, number = json.loads(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
leased, school = School(StoreAddress(**address), folder).work("killed")
written(school, NEW)
asked, asking = 0, getattr(Bucket, question)

def killing(*words):
    global asked
    asked += 1
    if asked == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return asking(*words)

setattr(Bucket, question, killing)
leased.put_back(school, releases=True)
"""
POINTS = {
    "nothing was there": ("put", 1, OLD),
    "one file was there": ("put", 2, OLD),
    "every file was there, and not the manifest": ("replace", 1, OLD),
    "the manifest was there, and what it replaced": ("names", 1, NEW),
    "the manifest was there, and what it replaced about to go": ("delete", 1, NEW),
}


@pytest.fixture(scope="module")
def server():
    with s3_server() as url:
        yield url


@pytest.mark.parametrize("point", POINTS)
def test_after_a_worker_killed_when(server, tmp_path, point):
    question, number, stands = POINTS[point]
    school = School(new_bucket(server), tmp_path)
    school.begin(OLD)
    words = (json.dumps(asdict(school.address)), str(tmp_path), question, str(number))
    killed = subprocess.run(
        [sys.executable, "-c", WORKER, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert school.seen() == stands
    school.clock.pass_by(LEASE)

    leased, folder = school.work("next")
    written(folder, {"one": b"next"})
    leased.put_back(folder, releases=True)

    assert school.seen("at the end") == stands | {"one": b"next"}
    assert {name for name in school.objects() if "/files/" in name} == school.manifest().objects
