"""What a group's ledger knows of a school whose files cannot be read: nothing, and of every other all that there is."""

import errno
import logging
from contextlib import contextmanager

import pytest

from flows.home.settings import Settings
from flows.prefect import school_facts
from flows.prefect.school_facts import NOT_READ, facts_of
from policies.errors import UserError
from tests.flows.test_parts import write_school
from warehouse.object_store.address import StoreAddress

STORE = StoreAddress("schools", "homes", "us-east-1", None, "key", "secret")
FULL = OSError(errno.ENOSPC, "No space left on device", "registers/Ada Byron.csv")


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Return a function that reads two schools of a store of which the first is not to be had for this reason."""
    for school in ("s-a", "s-b"):
        write_school(tmp_path, school, "k")

    @contextmanager
    def read_copy(settings, school, _):
        if school == "s-a":
            raise reasons[0]
        yield settings

    reasons: list[Exception] = []
    monkeypatch.setattr(school_facts, "read_copy", read_copy)

    def read(reason):
        reasons.append(reason)
        return facts_of(Settings(tmp_path, store=STORE), ["s-a", "s-b"])

    return read


@pytest.mark.parametrize("reason", [FULL, UserError("The object store does not answer.")], ids=["disk full", "away"])
def test_a_school_that_cannot_be_read_stops_no_other(stored, reason, caplog):
    with caplog.at_level(logging.WARNING):
        facts = stored(reason)

    assert (facts["s-a"], len(facts["s-b"].allowances)) == (NOT_READ, 1)
    assert "Ada" not in caplog.text
    assert ("s-a could not be read: No space left on device" in caplog.text) == (reason is FULL)
