"""A school in which every name, handle, text, id and picture is a mark, so that each place that holds one is known."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from PIL import Image

from demo.model import World, XMedia, XPost, XUser, YouTubeComment, YouTubeSubscriber
from tests.connectors import town
from tests.flows.village import SETTINGS, drawn, world
from tests.marks import ident, word

REGISTERS = '\nparents = "parents.csv"\ngovernors = "governors.csv"\nleavers = "leavers.csv"\n'
SHOWN = 6  # so many pupils' own accounts follow


class Marks:
    """Gives each mark once, and knows of which kind it is."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self._words, self._ids = count(), count()

    def word(self, kind: str) -> str:
        return self._kept(word(next(self._words)), kind)

    def id(self, kind: str = "id") -> str:
        return self._kept(ident(next(self._ids)), kind)

    def _kept(self, mark: str, kind: str) -> str:
        self.kinds[mark.casefold()] = kind
        return mark


def plant(folder: Path, marks: Marks) -> World:
    """Write a planted school's registers, photographs and settings into its folder; return its planted platforms."""
    pupils = [{**_person(marks, "shown" if n < SHOWN else "register"), "year_group": "8"} for n in range(320)]
    staff = [{**_person(marks, "register"), "job_title": marks.word("register")} for _ in range(70)]
    parents = [{**_person(marks, "register"), "related_ids": pupils[n]["person_id"]} for n in range(60)]
    leavers = [{**_person(marks, "register"), "left_on": "2026-07-20"} for _ in range(20)]
    governors = [_person(marks, "register") for _ in range(12)]
    photographs = [_photograph(marks, pupils[n]["person_id"]) for n in range(12)]
    named = {"pupils": pupils, "staff": staff, "parents": parents, "leavers": leavers, "governors": governors}
    for register, rows in (named | {"photographs": photographs}).items():
        _write(folder / "registers" / f"{register}.csv", rows)
    for number, row in enumerate(photographs):
        (folder / "photographs" / row["file_name"]).write_bytes(picture(marks, 100 + number))
    settings = SETTINGS.replace('photographs = "photographs.csv"', 'photographs = "photographs.csv"' + REGISTERS)
    (folder / "school.toml").write_text(settings)
    return _platforms(marks, [f"{row['given_names']} {row['surname']}" for row in pupils[:SHOWN]])


def _person(marks: Marks, kind: str) -> dict[str, str]:
    return {"person_id": marks.word("register"), "given_names": marks.word(kind), "surname": marks.word(kind)}


def _photograph(marks: Marks, pupil: str) -> dict[str, str]:
    return {
        "photograph_id": marks.word("photograph"),
        "file_name": f"{marks.word('photograph')}.jpg",
        "channels": "x;youtube",
        "approved_by": marks.word("photograph"),
        "approved_on": "2026-09-01",
        "pupil_ids": pupil,
    }


def picture(marks: Marks, seed: int) -> bytes:
    """Return a JPEG that bears a mark where a camera writes who took it."""
    image, out = Image.open(io.BytesIO(drawn(seed))), io.BytesIO()
    exif = image.getexif()
    exif[0x010E], exif[0x013B] = marks.word("picture"), marks.word("picture")
    image.save(out, "JPEG", exif=exif, comment=marks.word("picture").encode())
    return out.getvalue()


def _platforms(marks: Marks, names: list[str]) -> World:
    made = world(followers=3)
    for number, name in enumerate([*names, *("" for _ in range(110))]):
        user_id, about = marks.id(), f"{'Year 8 at Ousterly Vale School ' if name else ''}{marks.word('text')}"
        shown = name or f"{marks.word('name')} {marks.word('name')}"
        made.x.users[user_id] = XUser(user_id, marks.word("name"), shown, town.NOW, about, marks.word("text"))
        made.x.followers[town.SCHOOL].append(user_id)
        if number < 8:
            _mentions(made, marks, user_id, number)
    made.x.users[town.SCHOOL].followers_count = len(made.x.followers[town.SCHOOL])
    made.youtube.subscribers += _subscribers(marks)
    made.youtube.comments += list(_comments(marks))
    for number in range(4):
        _posts_picture(made, marks, number)
    for address in list(made.pictures):
        made.pictures[address] = picture(marks, sum(address.encode()))
    return made


def _mentions(made: World, marks: Marks, user_id: str, number: int) -> None:
    post_id, text = marks.id(), f"@OusterlyVale you are a stupid pig, {marks.word('text')}"
    at = town.NOW - timedelta(hours=number + 1)
    made.x.posts[post_id] = XPost(
        post_id, user_id, text, at, conversation_id=post_id, in_reply_to_user_id=town.SCHOOL, mentions=[town.SCHOOL]
    )


def _posts_picture(made: World, marks: Marks, number: int) -> None:
    post_id, key = marks.id(), f"3_{marks.id()}"
    address = f"https://pbs.twimg.com/media/{marks.word('text')}.jpg"
    text = f"Call {marks.word('text')} on 07700 90012{number} or write to {marks.word('text')}@example.org"
    made.x.media[key] = XMedia(key, "photo", address, 960, 720, marks.word("text"))
    made.x.posts[post_id] = XPost(
        post_id, town.SCHOOL, text, town.NOW - timedelta(hours=20 + number), conversation_id=post_id, media_keys=[key]
    )
    made.pictures[address] = drawn(40 + number)


def _subscribers(marks: Marks) -> list[YouTubeSubscriber]:
    return [
        YouTubeSubscriber(f"UC{marks.word('id')}", marks.word("name"), town.NOW - timedelta(days=n)) for n in range(40)
    ]


def _comments(marks: Marks) -> Iterator[YouTubeComment]:
    for number in range(20):
        at = town.NOW - timedelta(hours=number)
        ids = marks.word("id"), "vid00000001", f"UC{marks.word('id')}"
        yield YouTubeComment(*ids, marks.word("name"), f"You stupid pig {marks.word('text')}", at)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
