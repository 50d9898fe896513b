"""Every byte under a home, opened and unpacked, for whoever was erased: names in many spellings, ids, handles, bios.

One home with people of each kind and each tie, of whom some go before the next run and some after it, and a backup from
before they went, which is put back at the end. The few prove one of each; the soak proves all together.
"""

import html
import io
import json
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote

import pytest
from PIL import Image

from demo.model import XUser, YouTubeComment
from tests.casebooks import decide
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.test_erase import bodies, left_in
from tests.flows.village import SCHOOL, drawn, village
from tests.flows.village import world as village_world
from warehouse.store.open import opened

CORES = (
    "Thistledown", "Quillfeathers", "Ambersley", "Brackenhurst", "Coldharrow", "Dunnockby", "Elderquist", "Fernhollow",
    "Gossamere", "Hawthorley", "Inglebyre", "Juniperth",
)  # fmt: skip
GIVEN = (
    "R\u00f3is\u00edn M\u00e1ire",
    "Zo\u00eb Anne",
    "Si\u00e2n Eleri",
    "Fran\u00e7ois Luc",
    "Chlo\u00eb Mae",
    "J\u00fcrgen Otto",
)
RUNS = ("2026-11-02", "2026-11-09", "2026-11-16")


@dataclass(frozen=True)
class Planted:
    """A person with an account, tied as `how` says, who is erased before or after the second run."""

    number: int
    kind: str
    how: str
    is_before: bool

    @property
    def core(self) -> str:
        return CORES[self.number]

    @property
    def roll_id(self) -> str:
        return f"{self.kind[0].upper()}-{700 + self.number}"

    @property
    def account(self) -> str:
        return f"88{self.number:02}31"

    @property
    def handle(self) -> str:
        return f"{self.core.lower()}_{self.number}x"

    @property
    def given(self) -> str:
        return GIVEN[self.number % len(GIVEN)]

    @property
    def surname(self) -> str:
        return f"O'{self.core}-M\u00fcller"

    @property
    def bio(self) -> str:
        said = "Year 8 at Ousterly Vale School" if self.kind == "pupils" else "Teacher at OVS"
        return f"{said}. Collects {self.core.lower()}ite"

    @property
    def words(self) -> tuple[str, ...]:
        return (self.core.lower(), self.account, self.roll_id.lower())

    def row(self) -> str:
        declared = self.handle if self.how == "declared" else ""
        last = "8" if self.kind == "pupils" else "Teacher of Art"
        return f"{self.roll_id},{self.given},{self.surname},{last},{declared}\n"


EVERY = tuple(
    Planted(number, *each)
    for number, each in enumerate(
        (kind, how, is_before)
        for is_before in (True, False)
        for kind in ("pupils", "staff")
        for how in ("confirmed", "likely", "declared")
    )
)
FEW = (EVERY[0], EVERY[4], EVERY[8], EVERY[9])


def spellings(person: Planted) -> list[str]:
    first, surname = person.given.split()[0], person.surname
    full = f"{first} {surname}"
    ascii_ = unicodedata.normalize("NFKD", full).encode("ascii", "ignore").decode()
    joined = ascii_.replace("'", "").replace("-", " ")
    return [
        full, f"{person.given} {surname}", full.upper(), ascii_, full.replace("'", "\u2019"),
        unicodedata.normalize("NFD", full), f"#{joined.replace(' ', '')}", f"{surname}, {first}",
        joined.replace(" ", "_").lower(), joined.replace(" ", ".").lower(), quote(full), html.escape(full),
        full.encode("ascii", "xmlcharrefreplace").decode(), json.dumps(full)[1:-1], f"{first} O'{person.core}",
        f"{first} {person.given.split()[1][0]}. {surname}", f"{full[0]}\u200b{full[1:]}",
    ]  # fmt: skip


def plant(here, people):
    made, folder = village_world(3), here.places.folder
    for register, last in (("pupils", "year_group"), ("staff", "job_title")):
        rows = "".join(person.row() for person in people if person.kind == register)
        (folder / "registers" / f"{register}.csv").write_text(f"person_id,given_names,surname,{last},x_account\n{rows}")
    for person in people:
        shown = f"{person.given.split()[0]} {person.surname}"
        made.x.users[person.account] = XUser(person.account, person.handle, shown, town.NOW, person.bio)
        made.x.followers[town.SCHOOL].insert(0, person.account)
        said = "; ".join(spellings(person))
        made.x.posts["90"].text += f" {said} @{person.handle}"
        made.x.posts["100"].text += f" {said}"
        video = made.youtube.videos[0]
        made.youtube.comments.append(
            YouTubeComment(
                f"c{person.number}", video.id, "UCstranger1", "A stranger", said, town.NOW - timedelta(days=1)
            )
        )
    made.x.users[town.SCHOOL].followers_count = len(made.x.followers[town.SCHOOL])
    here.servers.show(made)
    ask_few(folder)


def cases_of(here, account):
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        sql = "select distinct fingerprint, about from outcome.exceptions where subject_id = ? and run_id = ?"
        return db.execute(sql, [account, RUNS[0]]).fetchall()


def write_down(here, people):
    """Decide what is confirmed, and let notes, labels and questions name each."""
    fingerprints = {}
    for person in people:
        cases = cases_of(here, person.account)
        fingerprints[person] = [case for case, _ in cases]
        with here.context().casebook() as book:
            now = here.settings.clock()
            if person.how == "confirmed":
                assert cases, person
                case, about = cases[0]
                decide(book, case, "confirmed", until=None, by_role="dsl", note="Theirs.", at=now, about=about)
            decide(book, "e" * 64, "mistaken", until=None, by_role="dpo", note=spellings(person)[0], at=now)
            book.label(("x", person.account, person.roll_id), "yes", now)
            sql = f"select 1 where display_name ilike '%{person.core.lower()}%' or actor_id = '{person.account}'"
            book.log_query(by_user="dpo", purpose=f"Of {person.roll_id}", sql=sql, at=now)
    return fingerprints


def erase(here, person):
    register = here.places.registers / f"{person.kind}.csv"
    register.write_text(register.read_text().replace(person.row(), ""))
    reason = ("--reason", "A request.", "--yes")
    also = ("--also", "likely") if person.how == "likely" else ()
    answer = audit("erase", SCHOOL, "--person", person.roll_id, *reason, *also, **here.environment)
    assert answer.code == 0, (person, answer.said)


def run(here, day):
    answer = audit("run", SCHOOL, "--as-of", day, **here.environment)
    assert answer.code in {0, 3}, answer.said


@pytest.mark.parametrize(
    "people", [pytest.param(FEW, id="few"), pytest.param(EVERY, id="every", marks=pytest.mark.soak)]
)
def test_no_byte_under_the_home_is_of_whoever_was_erased_nor_once_a_backup_is_put_back(people, tmp_path):
    with village(tmp_path / "home", followers=3, has_warehouse=True) as here:
        plant(here, people)
        run(here, RUNS[0])
        cases = write_down(here, people)
        for person in people:
            assert left_in(here, *person.words), person
        backup = tmp_path / "vale.backup"
        assert audit("backup", SCHOOL, "--out", str(backup), **here.environment).code == 0
        gone = ["town_8000"]

        for person in (each for each in people if each.is_before):
            erase(here, person)
            gone += [*person.words, person.handle, person.bio.lower(), *cases[person]]
        stranger = ("erase", SCHOOL, "--actor", "x:8000", "--reason", "A request.", "--yes")
        assert audit(*stranger, **here.environment).code == 0
        assert left_in(here, *gone) == []

        run(here, RUNS[1])
        assert left_in(here, *gone) == []
        for person in (each for each in people if not each.is_before):
            erase(here, person)
            gone += [*person.words, person.handle, person.bio.lower(), *cases[person]]
        assert left_in(here, *gone) == []

        back = audit("restore", SCHOOL, "--from", str(backup), "--replace", "--wait", "0.01", **here.environment)
        assert back.code == 0, back.said
        assert left_in(here, *gone) == []
        if people == EVERY:
            run(here, RUNS[2])  # the registers that came back name them all
            assert left_in(here, *gone) == []


SHOWN = "PH-QX7731"


def picture(seed, size, says):
    """Return a drawn JPEG of this width that says something in its metadata."""
    with Image.open(io.BytesIO(drawn(seed))) as made:
        buffer = io.BytesIO()
        made.resize((size, size * 3 // 4)).save(buffer, "JPEG", quality=90, comment=says.encode())
        return buffer.getvalue()


def with_a_photograph(here):
    """Let a pupil be a part of an approved photograph, of which one post has a smaller copy and another a crop."""
    folder, made = here.places.folder, village_world(3)
    (folder / "registers" / "photographs.csv").write_text(
        "photograph_id,file_name,video_id,channels,pupil_ids\n" + f"{SHOWN},quillportrait.jpg,,x;youtube,P1\n"
    )
    (folder / "photographs" / "m1.jpg").unlink()
    master, posted = picture(1, 960, "Thistledown approved"), picture(1, 640, "Thistledown posted")
    (folder / "photographs" / "quillportrait.jpg").write_bytes(master)
    made.pictures["https://pbs.twimg.com/media/aaa.jpg"] = posted
    here.servers.show(made)
    ask_few(folder)
    return master, posted


def prints_of(here):
    """Return what is kept of the photograph and of the pictures that show it: hashes, prints, points, small copies."""
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        shows = db.execute(
            "select distinct sha256, pdq from raw.picture_verdicts where photograph_id = ?", [SHOWN]
        ).fetchall()
        points = db.execute("select body from raw.features").fetchall()
        small = db.execute(
            "select distinct pictures.body from desk.pictures as pictures inner join desk.previews as previews "
            "on pictures.picture = previews.picture where previews.photograph_id = ? or previews.medium_id in "
            "(select medium_id from raw.picture_verdicts where photograph_id = ?)",
            [SHOWN, SHOWN],
        ).fetchall()
    assert shows, "no post shows the photograph"
    return [text for row in shows for text in row if text], [body for (body,) in (*points, *small)]


def cuts(body):
    """Return pieces of the midst of a file, as `bodies` has them."""
    midst = len(body) // 2
    return [body[at : at + 40].lower() for at in (midst, midst + len(body) // 4)]


def test_no_byte_of_an_erased_photograph_nor_of_the_pictures_that_show_it_is_left_nor_after_a_restore(tmp_path):
    with village(tmp_path / "home", followers=3, has_warehouse=True) as here:
        master, posted = with_a_photograph(here)
        run(here, RUNS[0])
        texts, kept = prints_of(here)
        texts += [
            SHOWN.lower(),
            "quillportrait",
            "thistledown",
            *(sha256(each).hexdigest() for each in (master, posted)),
        ]
        pieces = [piece for body in (master, posted, *kept) for piece in cuts(body)]

        def left():
            found = [place for place, body in bodies(here) for piece in pieces if piece in body]
            return sorted({*map(str, found), *left_in(here, *texts)})

        assert any("medium_files" in place for place in left())
        backup = tmp_path / "vale.backup"
        assert audit("backup", SCHOOL, "--out", str(backup), **here.environment).code == 0
        register = here.places.registers / "photographs.csv"
        register.write_text(register.read_text().splitlines()[0] + "\n")
        (here.places.photographs / "quillportrait.jpg").unlink()
        words = ("erase", SCHOOL, "--photograph", SHOWN, "--reason", "A request.", "--yes")
        erased = audit(*words, **here.environment)

        assert erased.code == 0, erased.said
        assert left() == []
        back = audit("restore", SCHOOL, "--from", str(backup), "--replace", "--wait", "0.01", **here.environment)
        assert back.code == 0, back.said
        assert left() == []
