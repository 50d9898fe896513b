"""What people attest at the desk: their own role's clauses, several at once, by the rules of `audit attest`."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from tests.dashboards.copies import add
from tests.dashboards.desks import SCHOOL, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.school_folder import POLICY

ATTESTED = {"state": "attested", "attested_by": "headteacher", "says": "Asked of the headteacher.", "checks": ""}
HEAD, TECHNICIAN = "headteacher", "it_technician"


@pytest.fixture
def here(tmp_path) -> Iterator[Served]:
    with served(ordinary(), tmp_path / "desk", has_school=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        yield desk


def attest(client: httpx.Client, *clauses: str, **fields: str) -> httpx.Response:
    form = {"csrf": field_of(client.get("/attest").text, "csrf"), "evidence": "The folder.", "until": "2027-11-16"}
    return client.post("/attest", data={**form, **{f"clause.{clause}": "on" for clause in clauses}, **fields})


def test_a_role_sees_and_attests_its_own_clauses_alone(here: Served) -> None:
    head, technician, dpo = (here.signed_in(role) for role in (HEAD, TECHNICIAN, "dpo"))
    assert "2 clauses wait for the Headteacher to attest." in head.get("/attest").text
    assert "Passwords are kept in the safe." not in head.get("/attest").text
    assert "Nobody has attested this yet; it is for the IT technician, every 92 days." in technician.get("/attest").text
    assert "No clause is for the Data Protection Officer to attest." in dpo.get("/attest").text

    refused = attest(head, "train", "locks")

    assert (refused.status_code, "locks is for the IT technician to attest." in refused.text) == (409, True)
    assert "--by" not in refused.text
    assert here.desk.book.attestations() == ()


def test_several_clauses_are_attested_with_one_piece_of_evidence_each_within_its_own_time(here: Served) -> None:
    head = here.signed_in(HEAD)

    done = attest(head, "train", "walk")

    assert {said.by_person is None for said in here.desk.book.attestations()} == {False}
    kept = [(said.clause, said.by_role, said.evidence, said.until) for said in here.desk.book.attestations()]
    assert kept == [
        ("train", HEAD, "The folder.", date(2027, 11, 16)),
        ("walk", HEAD, "The folder.", date(2026, 12, 17)),
    ]
    page = head.get(done.headers["location"]).text
    assert "Written down: 2 clauses attested." in page
    assert "All that is yours to attest is attested." in page
    log = here.signed_in("dpo").get("/log").text
    assert log.count("<bdi>attested</bdi>") == 2


@pytest.mark.parametrize(
    ("clauses", "fields", "says"),
    [
        ((), {}, "Tick the clauses that you attest."),
        (("train",), {"evidence": " \u200b "}, "Say what the attestation rests on; name no child."),
        (("train",), {"until": "2026-11-15"}, "The day 2026-11-15 is in the past; choose a day up to 2027-11-16."),
        (("train",), {"until": "soon"}, "Write the day until which it stands as in 2027-08-31."),
        (("train", "trane"), {}, "has no clause &#39;trane&#39;. Is it train?"),
    ],
)
def test_what_cannot_be_attested_is_said_in_a_sentence_and_nothing_is_written(kept: Served, clauses, fields, says):
    refused = attest(kept.signed_in(HEAD), *clauses, **fields)

    assert (refused.status_code, says in refused.text) == (409, True), refused.text
    assert kept.desk.book.attestations() == ()


def test_a_clause_whose_sentence_has_changed_is_red_and_nobody_s_to_attest(here: Served) -> None:
    folder = here.desk.published.parent / SCHOOL
    sentence = f'source_sha256 = "{"ab" * 32}"'
    (folder / "policy.toml").write_text(POLICY.replace('besides = "The school\'s own rule."', sentence, 1))
    (folder / "policy.md").write_text("Another sentence than before.\n")
    settings = folder / "school.toml"
    settings.write_text(settings.read_text().replace('pack = "', 'policy_source = "policy.md"\npack = "'))
    head = here.signed_in(HEAD)

    page, refused = head.get("/attest").text, attest(head, "train")

    assert "Red:" in page
    assert 'name="clause.train"' not in page
    assert (refused.status_code, "train is red, so nobody can attest it." in refused.text) == (409, True)


def test_what_was_attested_since_the_run_or_has_ended_since_is_told_so_on_every_page(tmp_path) -> None:
    copy = ordinary()
    add(copy, "clauses", clause="train", ref="1.1", number=90, **ATTESTED)
    add(copy, "clauses", clause="walk", ref="1.2", number=91, attested_until="2026-11-16", **ATTESTED)
    with served(copy, tmp_path / "desk", has_school=True) as here:
        head = here.signed_in(HEAD)
        for page in ("/report", "/"):
            assert "1 attested now and 2 waiting" in head.get(page).text

        attest(head, "train")

        for page in ("/report", "/"):
            assert "2 attested now and 1 waiting" in head.get(page).text
        report = head.get("/report").text
        assert report.count("Attested by the headteacher until Tue 16 Nov 2027.") == 1
        assert report.count("Waits for the headteacher to attest it.") == 1
