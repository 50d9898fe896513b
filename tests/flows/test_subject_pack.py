"""Packs for ten people of the demo's school beside a list made by hand, and nobody else's name in any of them.

It alone proves the pack on a home that real runs made: every store, and all of the registers' other people.
"""

import json
import re
import zipfile
from dataclasses import dataclass

import pytest
import pyzipper

from connectors.records import Person
from dashboards.subject_pack.words import title_and_why
from demo.town import WEEKS, Town, write_home, write_registers
from flows.home.context import open_context
from flows.home.init import make_key
from flows.registers.register_files import registers_as_they_lie
from flows.trial.demo import SCHOOL, demo_settings, fresh_folder
from flows.weekly.run import sequence
from tests.flows.calling import audit
from warehouse.store.places import Places

pytestmark = pytest.mark.slow
PASSWORD = "four quiet old horses"
PHOTOGRAPH = "ph-001"
# What the first week holds of each of ten, beside the registers; looked over by hand beside demo/school/cast.toml.
_RAISED = {"outcome.exceptions", "reports"}
_ACCOUNT = {"raw.matches", "raw.pages", "raw.profiles"}  # an account that shows the name, or is declared
HELD: dict[str, set[str]] = {
    "004101": {*_RAISED, *_ACCOUNT, "raw.follows"},  # declares an account, which follows
    "004103": {*_RAISED, *_ACCOUNT},  # an account that may be theirs: itself taken out
    "004108": {*_RAISED, "raw.pages", "raw.posts"},  # named in a post, and no account
    "004111": {*_RAISED, "raw.matches"},  # two pupils of one name
    "004113": {"raw.matches"},  # a pupil whose parent has the same name, and the account: weighed, and not likely
    "GV901": {*_RAISED, "raw.matches"},
    "GV902": {*_RAISED, *_ACCOUNT, "raw.posts"},
    "PC9001": {*_RAISED, "raw.matches"},
    "PC9002": {"raw.matches"},
    "ST901": {*_RAISED, *_ACCOUNT, "raw.comments", "raw.follows"},
    "ST902": {*_RAISED, *_ACCOUNT},
}
ALIKE = {"GV901", "GV902", "PC9002", "ST902"}  # held as others of these are


@dataclass(frozen=True)
class ByHand:
    """What a pack must say of somebody, written by hand from cast.py, the texts of the story and truth.toml.

    `registered` are words of their row, `raised` the checks and official accounts of their cases in the first week,
    `follows` the official accounts, and `says` words by store. Of an account that only may be theirs none is told.
    """

    registered: tuple[str, ...]
    raised: tuple[tuple[str, str], ...] = ()
    follows: tuple[str, ...] = ()
    says: tuple[tuple[str, str], ...] = ()


MAIN, PE = "9100000000000000001", "9100000000000000002"
BY_HAND = {
    "004101": ByHand(
        ("Nerys", "Caddwell", "9C", "9", "nc_doodles"),
        raised=(("pupil_follower", MAIN), ("pupil_follower", PE)),
        follows=(MAIN, PE),
        says=(("raw.profiles", "nc_doodles"), ("raw.profiles", "art acc")),
    ),
    "004103": ByHand(("Chidiebere", "Chidi", "Okonjo-Wray", "11P"), raised=(("pupil_follower", MAIN),)),
    "004108": ByHand(
        ("Siân", "Llwyfor", "7S"),
        raised=(("pupil_named", MAIN),),
        says=(("raw.posts", "Bravo to Siân Llwyfor, third in the county cross country."),),
    ),
    "004111": ByHand(("Ffion", "Marshdale", "9S"), raised=(("pupil_follower", MAIN),)),
    "004113": ByHand(("Rowena", "Tregarrow", "7L")),
    "GV901": ByHand(("Lowen", "Pascotrew"), raised=(("governor_follower", MAIN),)),
    "GV902": ByHand(
        ("Sunniva", "Harcastle", "Chair of governors"),
        raised=(("governor_follower", PE),),
        says=(("raw.posts", "Thank you to Sunniva Harcastle, our chair of governors, for a morning in the library."),),
    ),
    "PC9001": ByHand(("Rowena", "Tregarrow"), raised=(("following_person", MAIN),)),
    "PC9002": ByHand(("Hatice", "Gülşenoğlu")),
    "ST901": ByHand(
        ("Barnaby", "Quillfeather", "Teacher of Geography", "mr_b_geog"),
        raised=(("staff_follower", MAIN), ("personal_account_comment", MAIN)),
        follows=(MAIN,),
        says=(
            ("raw.profiles", "Oxbow lakes."),
            ("raw.comments", "Year 9 at the weir with @OusterlyVale today."),
        ),
    ),
    "ST902": ByHand(("Katarzyna", "Zielnik", "Head of Drama"), raised=(("staff_follower", MAIN),)),
}


@dataclass
class Home:
    places: Places
    context: object
    people: tuple[Person, ...]
    environment: dict[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The demo's first week, audited once."""
    folder = fresh_folder(tmp_path_factory.mktemp("subject") / "home")
    with Town() as town:
        write_home(folder)
        settings = demo_settings(town, folder)
        places = Places(folder, SCHOOL)
        make_key(settings, places)
        town.turn_to(WEEKS[0])
        write_registers(places.folder, WEEKS[0])
        for path in places.photographs.iterdir():
            if path.stem != PHOTOGRAPH:  # to know all the others is a third of a week's work, and no pack has them
                path.unlink()
        context = open_context(settings, SCHOOL, WEEKS[0].as_of)
        sequence(context)
        rows = [row for register in registers_as_they_lie(context) for row in register.rows]
        people = tuple(row for row in rows if isinstance(row, Person))
        password = folder / "password"
        password.touch(mode=0o600)
        password.write_text(PASSWORD)
        yield Home(places, context, people, {"AUDIT_HOME": str(folder)})


def asked(home, tmp_path, *whom, purpose="Subject access request 14"):
    out = tmp_path / "pack.zip"
    words = ("--out", str(out), "--password-file", str(home.places.home / "password"), "--purpose", purpose)
    return audit("subject", SCHOOL, *whom, *words, **home.environment), out


def opened_pack(out):
    with pyzipper.AESZipFile(out) as archive:
        archive.setpassword(PASSWORD.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def names_of(person):
    given = {person.given_names, person.known_as} - {None}
    return {f"{name} {person.surname}" for name in given if person.surname}


def bare_codes(page):
    """Return the headings and sentences of a page that are columns or codes and no words."""
    told = re.findall(r"<dt>(.*?)</dt>|<h2[^>]*>(.*?)</h2>|<p class=.says.>(.*?)</p>", page, re.DOTALL)
    return [text for parts in told for text in parts if re.search(r"[a-z]_[a-z]|held in |^[a-z]", text)]


def counts_of(page):
    """Return the numbers of the first table, having made sure that they are those of what follows and of the total."""
    *counts, total = (int(number) for number in re.findall(r"<td class=.count.>(?:<b>)?(\d+)", first_table(page)))
    sections = page.split("<section")[1:]
    assert total == sum(counts) == page.count("<article>")
    assert counts == [section.count("<article>") for section in sections if "<article>" in section]
    return counts


def first_table(page):
    return page.partition("<tbody>")[2].partition("</table>")[0]


@pytest.mark.parametrize(
    "person_id", [pytest.param(each, marks=pytest.mark.soak if each in ALIKE else ()) for each in sorted(HELD)]
)
def test_a_pack_has_what_is_held_and_names_nobody_else(home, tmp_path, person_id):
    answer, out = asked(home, tmp_path, "--person", person_id)
    files = opened_pack(out)

    assert (answer.code, out.stat().st_mode & 0o777) == (0, 0o600)
    told = json.loads(files["pack.json"])
    assert {section["store"] for section in told["sections"]} == HELD[person_id] | {"raw.people", "registers"}
    ensure_says(told, BY_HAND[person_id])
    text = "\n".join(body.decode() for name, body in files.items() if not name.startswith("pictures/"))
    mine = {name for person in home.people if person.person_id == person_id for name in names_of(person)}
    assert mine
    assert any(name.rpartition(" ")[2] in text for name in mine)
    others = [person for person in home.people if person.person_id != person_id]
    assert [p.person_id for p in others if any(name in text for name in names_of(p) - mine)] == []
    words = set(re.findall(r"\w+", re.sub(r"(:\d\d)\.\d{6}\b", r"\1", text)))  # six figures of a second look like an id
    assert [p.person_id for p in others if p.person_id in words] == []
    assert len(told["looked"]) > 50
    assert not bare_codes(files["index.html"].decode())
    assert counts_of(files["index.html"].decode()) == [len(section["entries"]) for section in told["sections"]]
    given = {place["where"]: place["given"] for place in told["looked"]}
    seen = sum(given[f"The casebook: {title_and_why(table)[0]}"] for table in ("query_log", "desk_access_log"))
    assert sum(given.values()) - seen == sum(len(section["entries"]) for section in told["sections"])
    assert seen == len(told["seen_by"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack.zip"]


def ensure_says(told, by_hand):
    """Compare a pack with what was written by hand."""
    held = {section["store"]: [entry["values"] for entry in section["entries"]] for section in told["sections"]}
    raised = sorted({(case["check_id"], case["account_id"]) for case in held.get("outcome.exceptions", [])})
    follows = sorted({row["account_id"] for row in held.get("raw.follows", [])})
    of_registers = [row for row in held["registers"] if set(by_hand.registered) <= words_of(row)]

    assert (raised, follows) == (sorted(by_hand.raised), sorted(by_hand.follows))
    assert len(of_registers) == 1, held["registers"]
    assert [said for store, said in by_hand.says if said not in str(held.get(store))] == []


def words_of(row):
    """Return each value of a register's row, an account without its @."""
    return {str(value).removeprefix("@") for value in row.values()}


def test_an_unknown_subject_is_one_sentence_and_no_pack(home, tmp_path):
    for whom, says in (
        (("--person", "999999"), "No register has this person"),
        (("--actor", "@nobody_at_all"), "No run has seen this account"),
        (("--actor", "x:12ab"), "An account's id on x must be"),
        (("--actor", "myspace:1"), "--actor is x:ID or youtube:ID"),
        (("--photograph", "PH-NONE"), "No register has this photograph"),
        (("--actor", "x:9100000000000000001"), "one of the school's own accounts"),
        ((), "Say whom it is about"),
    ):
        answer, _ = asked(home, tmp_path, *whom)

        assert (answer.code, says in answer.err, answer.err.count("\n")) == (2, True, 1)
        assert list(tmp_path.iterdir()) == []


def test_an_account_that_nobody_has_seen_is_a_pack_that_says_so_and_where_was_looked(home, tmp_path):
    answer, out = asked(home, tmp_path, "--actor", "x:123456789012")
    files = opened_pack(out)

    assert answer.code == 0
    assert "Nothing is held" in answer.out
    assert "<b>Nothing is held.</b>" in files["index.html"].decode()
    told = json.loads(files["pack.json"])
    assert told["sections"] == []
    found = {place["where"]: place["found"] for place in told["looked"] if "could not" not in place["where"]}
    assert found.pop("The casebook: Questions that were asked about you") == 1  # this very one
    assert set(found.values()) == {0}
    assert set(files) == {"index.html", "pack.json"}


def test_a_pack_is_encrypted_and_never_overwritten_and_who_asked_is_kept(home, tmp_path):
    answer, out = asked(home, tmp_path, "--photograph", PHOTOGRAPH, purpose="A family asks")
    with zipfile.ZipFile(out) as archive, pytest.raises((RuntimeError, NotImplementedError)):
        archive.read("index.html")
    again, _ = asked(home, tmp_path, "--photograph", PHOTOGRAPH)
    why, _ = asked(home, tmp_path / "x", "--photograph", PHOTOGRAPH, purpose=" ")

    assert (answer.code, again.code, why.code) == (0, 2, 2)
    assert "never overwritten" in again.err
    assert "Say in a few words why you ask" in why.err
    told = json.loads(opened_pack(out)["pack.json"])
    assert {"raw.photographs", "registers"} <= {section["store"] for section in told["sections"]}
    assert told["purpose"] == "A family asks"


def test_why_others_asked_is_not_in_the_pack_nor_a_list_of_the_program_s_own_tables(home, tmp_path):
    words = ("--named", "tied-to-a-person", "--person", "004101", "--purpose", "Enquiry of the police PQ-4711")
    assert audit("ask", SCHOOL, *words, **home.environment).code == 0

    _, out = asked(home, tmp_path, "--person", "004101")

    files = opened_pack(out)
    assert [seen["what"] for seen in json.loads(files["pack.json"])["seen_by"]].count("asked about it") >= 2
    everything = b"".join(files.values())
    assert b"PQ-4711" not in everything
    assert b"Enquiry of the police" not in everything
    page = files["index.html"].decode()
    assert "Other things" not in page
    assert re.search(r"<li>\d\d other tables, in which the program keeps its own counts", page)


def test_the_pack_of_a_photograph_has_the_photograph_in_it(home, tmp_path):
    _, out = asked(home, tmp_path, "--photograph", PHOTOGRAPH)
    files = opened_pack(out)
    page = files["index.html"].decode()

    photograph = (home.places.photographs / f"{PHOTOGRAPH}.jpg").read_bytes()
    pictures = {name: body for name, body in files.items() if name.startswith("pictures/")}
    assert photograph in pictures.values()
    assert len(pictures) > 1  # and the posted files that show it, which an erasure takes too
    assert [name for name in pictures if f'<img src="{name}"' not in page] == []
    assert not bare_codes(page)
    assert "about somebody else" not in page


@pytest.mark.parametrize("actor", ["x:9100000000000000103", "youtube:UCdemoStaff0000000000205"])
def test_an_account_s_pack_is_in_words_and_its_counts_are_those_of_what_follows(home, tmp_path, actor):
    _, out = asked(home, tmp_path, "--actor", actor)
    files = opened_pack(out)
    page = files["index.html"].decode()

    assert not bare_codes(page)
    assert sum(counts_of(page)) == sum(
        len(section["entries"]) for section in json.loads(files["pack.json"])["sections"]
    )
    assert "This account follows @Ousterly" in page
    assert "<b>Nothing" not in page


def test_a_hold_is_told_with_its_day_and_never_with_its_reason(home, tmp_path):
    words = ("--reason", "An enquiry that is confidential", "--until", "2028-03-01")
    held = audit("hold", "add", SCHOOL, "--person", "004108", *words, **home.environment)
    _, out = asked(home, tmp_path, "--person", "004108")
    files = opened_pack(out)
    told = json.loads(files["pack.json"])

    assert held.code == 0
    assert not [name for name, body in files.items() if b"confidential" in body]
    assert told["held_until"] == "2028-03-01"
    assert "until Wed 1 Mar 2028 at least" in files["index.html"].decode()
    ends = {entry["until"] for section in told["sections"] for entry in section["entries"]} - {None}
    assert ends == {"2028-03-01"}
    [hold] = [section["entries"] for section in told["sections"] if section["store"] == "holds"]
    assert set(hold[0]["values"]) == {"kept_until", "says"}
    assert "until 2028-03-01  person 004108  Data" in audit("hold", "list", SCHOOL, **home.environment).out
    words = ("--named", "tied-to-a-person", "--person", "004108", "--purpose", "Subject access request")
    answer = audit("ask", SCHOOL, *words, **home.environment)
    assert re.search(r"^hold .*004108 .*until 2028-03-01", answer.out, re.MULTILINE)
    named = audit("hold", "add", SCHOOL, "--person", "004108", "--reason", "About 004108", "--until", "2028-03-01",
                  **home.environment)  # fmt: skip
    assert (named.code, "--reason names whom it is about" in named.err) == (2, True)


def test_a_log_of_the_run_is_searched_like_any_other_file(home, tmp_path):
    log = home.places.folder / "run.log"
    log.write_text("2 sources, 14 pages\n")
    _, out = asked(home, tmp_path, "--actor", "x:123456789012")
    log.unlink()
    told = json.loads(opened_pack(out)["pack.json"])

    assert [place["where"] for place in told["looked"] if "run.log" in place["where"]] == [
        "Files of the school's folder: run.log (1 read)"
    ]
    assert not [place for place in told["looked"] if "no log file" in place["note"]]


@pytest.mark.parametrize(
    ("purpose", "says"),
    [
        ("\u200b\u3164 \u200b", "Say in a few words why"),
        ("12345 67890", "Say in a few words why"),
        ("Request of 004103", "names whom it is about"),
        ("The NAME family asks", "names whom it is about"),
    ],
)
def test_a_purpose_that_is_none_or_that_names_the_child_is_refused_and_not_kept(home, tmp_path, purpose, says):
    [surname] = {person.surname for person in home.people if person.person_id == "004103"}
    with home.context.casebook() as book, book.engine.connect() as connection:
        before = connection.exec_driver_sql("select count(*) from query_log").scalar()
        answer, _ = asked(home, tmp_path, "--person", "004103", purpose=purpose.replace("NAME", surname))
        after = connection.exec_driver_sql("select count(*) from query_log").scalar()

    assert (answer.code, says in answer.err, answer.err.count("\n")) == (2, True, 1)
    assert surname not in answer.err
    assert (before, list(tmp_path.iterdir())) == (after, [])


@pytest.mark.parametrize(("text", "mode", "says"), [("short", 0o600, "fewer than 12"), ("x" * 20, 0o644, "chmod 600")])
def test_a_password_that_is_none_is_refused(home, tmp_path, text, mode, says):
    file = tmp_path / "password"
    file.write_text(text)
    file.chmod(mode)
    words = ("--person", "004103", "--purpose", "A request for access", "--password-file", str(file))
    answer = audit("subject", SCHOOL, *words, "--out", str(tmp_path / "pack.zip"), **home.environment)

    assert (answer.code, says in answer.err) == (2, True)
    assert not (tmp_path / "pack.zip").exists()
