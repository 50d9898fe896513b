"""What is sealed opens with its key, for its purpose and as it was; whatever was done to it meanwhile is found."""

import errno
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage.x25519 import Identity

from warehouse.store.sealing import ChangedError, NotOpenedError, OtherKeyError, Sealer, identity_text

KEY = "k" * 43
SEALER = Sealer(KEY, "test")
PIECE = (1 << 16) + 16


def sealed(*parts):
    file = io.BytesIO()
    with SEALER.writing(file) as plain:
        for part in parts:
            plain.write(part)
    return file.getvalue()


def opened(body, *, sealer=SEALER, size=-1):
    with sealer.reading(io.BytesIO(body)) as plain:
        parts = []
        while part := plain.read(size):
            parts.append(part)
    return b"".join(parts)


def head(body):
    """Return how long age's own lines are, and the 16 bytes after them of which the file's key is made."""
    return body.index(b"\n", body.index(b"\n--- ") + 1) + 17


@settings(max_examples=30)
@given(st.lists(st.integers(0, 1 << 20), max_size=4), st.sampled_from([-1, 1 << 19, 512_000]))
def test_what_was_written_in_any_parts_is_read_in_any_parts(lengths, size):
    parts = [bytes([number]) * length for number, length in enumerate(lengths)]

    assert opened(sealed(*parts), size=size) == b"".join(parts)


CHANGED = {
    "the last piece taken off": lambda body, at: body[: at + 2 * PIECE],
    "all pieces taken off": lambda body, at: body[:at],
    "a piece taken out": lambda body, at: body[:at] + body[at + PIECE :],
    "two pieces changed places": lambda body, at: (
        body[:at] + body[at + PIECE : at + 2 * PIECE] + body[at : at + PIECE] + body[at + 2 * PIECE :]
    ),
    "something put behind": lambda body, _: body + b"x",
    "a bit turned": lambda body, _: body[:-40] + bytes([body[-40] ^ 1]) + body[-39:],
    "a bit of its own lines turned": lambda body, at: body[: at - 30] + bytes([body[at - 30] ^ 1]) + body[at - 29 :],
    "the end of another file of this key": lambda body, at: body[: at + 2 * PIECE] + sealed(b"x" * 40)[-56:],
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_was_cut_or_changed_is_not_read_to_its_end(what):
    body = sealed(b"a" * (5 << 15), b"b" * 99)
    # A turned bit of age's own lines may make them no lines of age's at all.
    error = NotOpenedError if "own lines" in what else ChangedError

    with pytest.raises(error):
        opened(CHANGED[what](body, head(body)))
    with pytest.raises(error):
        SEALER.open(CHANGED[what](body, head(body)))


@pytest.mark.parametrize("other", [Sealer("o" * 43, "test"), Sealer(KEY, "another purpose")], ids=["key", "purpose"])
def test_another_key_and_another_purpose_open_nothing(other):
    with pytest.raises(OtherKeyError):
        opened(sealed(b"a"), sealer=other)
    with pytest.raises(OtherKeyError):
        other.open(SEALER.seal_text(b"a").encode())


def test_what_is_no_such_file_is_told_apart():
    for body in (b"", b"PK\x03\x04", sealed(b"a")[:50], SEALER.seal_text(b"a").encode()[:-60]):
        for way in (opened, SEALER.open):
            with pytest.raises(NotOpenedError) as told:
                way(body)
            assert not isinstance(told.value, OtherKeyError)


def test_the_same_words_come_to_other_bytes_each_time_and_none_of_them_can_be_read():
    one, two = SEALER.seal_text(b"a" * 99), SEALER.seal_text(b"a" * 99)

    assert SEALER.open(one.encode()) == SEALER.open(two.encode()) == b"a" * 99
    assert (one != two, one.isascii(), b"aaaa" in sealed(b"a" * 99)) == (True, True, False)


class FullDisk(io.BytesIO):
    """A disk that takes a hundred thousand bytes."""

    def write(self, data):
        if self.tell() > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_a_full_disk_is_told_as_one_and_what_the_writer_says_comes_through():
    with pytest.raises(OSError, match="No space left") as told, SEALER.writing(FullDisk()) as plain:
        plain.write(b"a" * (5 << 20))
    assert told.value.errno == errno.ENOSPC

    with pytest.raises(ZeroDivisionError), SEALER.writing(io.BytesIO()) as plain:
        plain.write(b"a" * (1 // 0))
    with pytest.raises(ZeroDivisionError), SEALER.reading(io.BytesIO(sealed(b"a"))) as plain:
        plain.read(1 // 0)


def test_an_identity_is_one_that_age_reads_and_changes_with_key_and_purpose():
    texts = {identity_text(key, purpose) for key in (KEY, "o" * 43) for purpose in ("test", "another purpose")}

    assert len(texts) == 4
    assert [str(Identity.from_str(text)) for text in texts] == list(texts)
