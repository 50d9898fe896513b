"""`audit match` on files, and the sentences it says when they cannot be used; the labels that measure it."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from engines.people import PersonMatch
from flows.home.settings import ConfigurationError
from flows.trial.identity_labels import drawn_pairs, measured, report, wilson
from flows.trial.match import match, read_people
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import SCHOOL as SCHOOL_ID
from warehouse.store.open import opened

PEOPLE = """person_id,role,given_names,surname,year_group,date_of_birth,house
p1,pupil,Tia,Brannel,Y8,2014-03-02,red
p2,pupil,Ola,Brannel,Y5,02/05/2016,blue
"""
PARENTS = """person_id,role,given_names,surname,related_ids
f1,parent,Pat,Brannel,p1;p2
"""
ACCOUNTS = """account_id,platform,handle,display_name,bio,location
a1,x,tia.brannel,,y8 OVS,
a2,x,patbrannel,Pat Brannel,"Mum of two, Ousterly Vale School parent",
a3,x,mothlamp,Moth,,
a4,x,brannelkids,Tia & Ola Brannel,Tia (12) and Ola (10),
"""
SCHOOL = """[school]
name = "Ousterly Vale School"
abbreviation = "OVS"
aliases = ["Ousterly Vale"]
town = "Ousterly"
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in {
        "people.csv": PEOPLE, "parents.csv": PARENTS, "accounts.csv": ACCOUNTS, "school.toml": SCHOOL
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _matched(files: Path) -> list[dict[str, str]]:
    match(
        register=[str(files / "people.csv"), str(files / "parents.csv")],
        accounts=files / "accounts.csv",
        out=files / "out.csv",
        school=files / "school.toml",
        as_of=datetime.fromisoformat("2026-11-20"),
    )
    with (files / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROLL = """person_id,given_names,surname,known_as,date_of_birth,year_group,class_name,x_account,youtube_account
p1,Tia,Brannel,,2014-03-02,Y8,8A,,
p2,Ola,Brannel,,2016-05-02,Y5,5B,,
"""


@pytest.mark.parametrize("named", ["pupils={}/roll.csv", "{}/pupils.csv"], ids=["named before it", "the file's name"])
def test_a_register_without_roles_gives_its_people_theirs(
    files: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("roll.csv", "pupils.csv"):
        (files / name).write_text(ROLL, encoding="utf-8")

    people = read_people([named.format(files), str(files / "parents.csv")], print)

    assert [person.role for person in people] == ["pupil", "pupil", "parent"]
    told = f"{named.rpartition('/')[2]}: whoever has no role there is taken for a pupil, by the register that it is."
    assert capsys.readouterr().out.splitlines() == [told] * 2


@pytest.mark.parametrize("named", ["peoples=roll.csv", "pupil=roll.csv", "=roll.csv"])
def test_a_register_that_there_is_none_of_is_told(named: str) -> None:
    with pytest.raises(ConfigurationError, match=r"a register of: pupils, staff, governors, parents, leavers\.$"):
        read_people([named], print)


def test_writes_a_row_for_each_person_credible_for_an_account(files, capsys):
    rows = _matched(files)

    assert list(rows[0]) == [
        "account_id", "person_id", "role", "score", "probability", "band", "runner_up", "reasons",
    ]  # fmt: skip
    assert [(row["account_id"], row["person_id"]) for row in rows if float(row["probability"]) > 0.5] == [
        ("a1", "p1"),
        ("a2", "f1"),
        ("a4", "p1"),
        ("a4", "p2"),
    ]
    assert {row["account_id"] for row in rows} == {"a1", "a2", "a4"}
    assert not any(name in row["reasons"] for row in rows for name in ("Tia", "Ola", "Brannel", "Pat "))
    assert "people.csv: ignored house." in capsys.readouterr().err


def test_every_column_but_the_ids_may_be_absent(files):
    (files / "accounts.csv").write_text("account_id,display_name\na1,Tia Brannel\n", encoding="utf-8")
    (files / "people.csv").write_text("person_id,full_name\np1,Tia Brannel\n", encoding="utf-8")

    assert {row["person_id"] for row in _matched(files)} == {"p1"}


def test_explains_an_account_piece_by_piece_with_nobody_among_the_candidates(files, capsys):
    match(
        register=[str(files / "people.csv")],
        accounts=files / "accounts.csv",
        school=files / "school.toml",
        explain="a1",
    )
    said = capsys.readouterr().out

    assert "pupil p1:" in said
    assert "nobody:" in said
    assert "The profile names the school." in said
    assert '"brannel"' in said


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("people.csv", b"name\nTia", "people.csv has no column person_id"),
        ("people.csv", b"", "people.csv is empty"),
        ("school.toml", b"[school", "school.toml is not TOML"),
        ("school.toml", b"[school]\ntown = 'Ousterly'", "school.toml does not say the school's name"),
    ],
)
def test_says_in_a_sentence_which_file_cannot_be_used(files, name, body, sentence):
    (files / name).write_bytes(body)

    with pytest.raises(ConfigurationError, match=sentence):
        _matched(files)


def test_an_account_to_explain_must_be_in_the_file(files):
    with pytest.raises(ConfigurationError, match="not in the accounts file"):
        match(register=[str(files / "people.csv")], accounts=files / "accounts.csv", explain="zz")


def test_a_file_that_is_not_there_is_named(files):
    (files / "accounts.csv").unlink()

    with pytest.raises(ConfigurationError, match=r"accounts\.csv cannot be read"):
        _matched(files)


def _match(n: int, probability: float) -> PersonMatch:
    return PersonMatch("x", str(n), f"p{n}", "pupil", "possible", probability, (), is_best=True)


def test_pairs_to_label_come_from_every_range_and_in_the_same_order_for_the_same_seed():
    found = [_match(n, n / 100) for n in range(2, 100)]

    first, again, other = (drawn_pairs(found, 30, seed) for seed in (1, 1, 2))

    assert first == again != other
    assert len({one.actor_id for one in first}) == 30
    assert sum(one.probability < 0.1 for one in first) == sum(one.probability >= 0.95 for one in first) == 5


def test_labels_show_precision_and_recall_with_their_interval():
    found = [_match(n, 0.99 if n < 40 else 0.2) for n in range(80)]
    labels = {("x", str(n), f"p{n}"): "yes" if n < 38 or n == 50 else "no" for n in range(80)}

    precision, recall = measured(found, labels, 0.5)

    assert precision.share == pytest.approx(38 / 40)
    assert recall.share == pytest.approx(38 / 39)
    assert precision.low < precision.share < precision.high
    assert report(found, {}, 0.5) == "No label tells anything of precision yet.\nNo label tells anything of recall yet."


def test_a_range_of_which_few_were_labelled_counts_for_all_of_them():
    found = [_match(n, 0.99 if n < 10 else 0.2) for n in range(110)]
    labels = {("x", str(n), f"p{n}"): "yes" for n in range(20)}

    _, recall = measured(found, labels, 0.5)

    assert recall.share == pytest.approx(10 / 110)


@pytest.mark.parametrize(
    ("share", "of", "low", "high"), [(1.0, 10, 0.72, 1.0), (0.5, 100, 0.40, 0.60), (0.0, 5, 0.0, 0.43)]
)
def test_the_interval_is_wilsons(share, of, low, high):
    assert wilson(share, of) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    with audited_village(tmp_path_factory.mktemp("label") / "home", is_few=False) as running:
        yield running


def test_a_person_labels_pairs_blind_to_the_score_and_goes_on_where_he_stopped(audited, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("what\ny\nq\n"))
    first = audit("identity", "label", SCHOOL_ID, **audited.environment)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n" * 50))
    second = audit("identity", "label", SCHOOL_ID, **audited.environment)
    third = audit("identity", "label", SCHOOL_ID, **audited.environment)

    assert (first.code, second.code, third.code) == (0, 0, 0)
    assert "(1 labels)" in first.out
    for told in ("likely", "possible", "0.9", "bits"):
        assert told not in first.out.partition("Precision")[0]
    assert "Precision" in second.out
    assert "this person's account?" not in third.out
    assert third.out.partition("Precision")[2] == second.out.partition("Precision")[2] != ""


def test_evidence_that_there_is_none_of_is_refused_and_what_is_not_allowed_is_not_used(audited):
    settings = audited.places.settings
    before = settings.read_text()
    settings.write_text(before.replace('pack = "', 'evidence = ["handel"]\npack = "', 1))
    refused = audit("run", SCHOOL_ID, "--as-of", "2026-11-02", **audited.environment)
    settings.write_text(before.replace('pack = "', 'evidence = ["handle"]\npack = "', 1))
    narrow = audit("run", SCHOOL_ID, "--as-of", "2026-11-09", **audited.environment)
    settings.write_text(before)

    assert refused.code == 2
    assert "knows no handel. Choose of: age, bio, birth," in refused.err
    assert narrow.code == 0
    with opened(audited.places.published, audited.context().key, read_only=True) as copy:
        likely = copy.execute(
            "select run_id, count(*) from published.matches where band = 'likely' group by run_id"
        ).fetchall()
    assert dict(likely).keys() == {"2026-11-02"}
