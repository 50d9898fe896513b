"""Policies at the command line: shown, checked, drafted from a school's own file, covered, and attested by people."""

import json
import tomllib
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from policies.coverage import sentences, sha256_of
from policies.model import known_packs, load_pack
from tests.flows.calling import Answer, audit
from tests.flows.own_policy import POLICY, adopt, own_pack
from tests.policies.papers import locked, pdf, word

SCHOOL = "ousterly-vale"
TODAY = datetime.now(ZoneInfo("Europe/London")).date()
SOON, FAR = TODAY + timedelta(days=30), TODAY + timedelta(days=700)


@pytest.fixture
def home(tmp_path):
    assert audit("init", SCHOOL, AUDIT_HOME=str(tmp_path)).code == 0
    adopt(tmp_path / SCHOOL)
    return tmp_path


def covered(home: Path, name: str = SCHOOL) -> dict[str, object]:
    answer = audit("policies", "coverage", name, "--json", AUDIT_HOME=str(home))
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def attest(home: Path, clause: str = "train", **words: str) -> Answer:
    given = {"by": "headteacher", "evidence": "Training record of 3 September.", "until": SOON.isoformat()} | words
    options = [word for name, value in given.items() for word in (f"--{name}", value)]
    return audit("attest", SCHOOL, clause, *options, AUDIT_HOME=str(home))


def test_a_pack_is_shown_by_its_id_or_from_a_file(home):
    shipped = audit("policies", "show", "corbets-tey-2022")
    own = audit("policies", "show", str(home / SCHOOL / "own.toml"))

    assert all(clause.ref in shipped.out for clause in load_pack("corbets-tey-2022").clause)
    assert own.out.startswith(
        "Our policy, edition 2026\nadopted 2026-09-01, review by 2027-08-31\n\npupils  [staff must]"
    )
    assert "  ended early by staff_follower\n" in own.out
    assert audit("policies", "show", "none").code == 2


@pytest.mark.parametrize("name", known_packs())
def test_the_sheet_of_a_pack_has_every_clause_in_order_and_its_totals_add_up(tmp_path, name):
    sheet = covered(tmp_path, name)
    words = audit("policies", "coverage", name, AUDIT_HOME=str(tmp_path)).out

    assert [line["clause"] for line in sheet["clauses"]] == [clause.id for clause in load_pack(name).clause]
    assert {line["state"] for line in sheet["clauses"]} <= {"checked", "to be attested", "unobserved"}
    totals = sheet["totals"]
    assert (
        sum(count for state, count in totals.items() if state != "in all") == totals["in all"] == len(sheet["clauses"])
    )
    assert words.endswith(f"; {totals['in all']} in all\n")


def test_the_sheet_of_a_school_is_headed_by_its_name_so_that_one_pack_serves_several(home):
    audit("init", "ousterly-hill", AUDIT_HOME=str(home))
    adopt(home / "ousterly-hill")
    for school, name in ((SCHOOL, "Ousterly Vale School"), ("ousterly-hill", "Ousterly Hill School")):
        settings = home / school / "school.toml"
        settings.write_text(settings.read_text().replace('name = "Ousterly Vale School"', f'name = "{name}"'))

    attest(home)

    sheets = {school: covered(home, school) for school in (SCHOOL, "ousterly-hill")}
    assert [sheet["school"] for sheet in sheets.values()] == ["Ousterly Vale School", "Ousterly Hill School"]
    assert [sheet["totals"].get("attested", 0) for sheet in sheets.values()] == [1, 0]
    said = audit("policies", "coverage", SCHOOL, AUDIT_HOME=str(home)).out
    assert said.startswith("Ousterly Vale School\nOur policy, edition 2026\n")
    assert said.endswith("\n2 checked, 1 attested, 1 to be attested, 1 unobserved; 5 in all\n")


def test_an_edited_policy_turns_its_clause_red_and_what_is_new_is_counted_by_number(home):
    assert covered(home)["source"] == {
        "file": "policy.txt",
        "sentences": 7,
        "mapped_to_no_clause": [],
        "pages_without_text": [],
    }

    (home / SCHOOL / "policy.txt").write_text(POLICY.replace("should change", "must change") + "Governors must wait.\n")
    sheet = covered(home)
    said = audit("policies", "coverage", SCHOOL, AUDIT_HOME=str(home)).out

    assert [line["clause"] for line in sheet["clauses"] if line["state"] == "red"] == ["passwords"]
    assert sheet["totals"] == {"checked": 2, "to be attested": 1, "unobserved": 1, "red": 1, "in all": 5}
    assert said.endswith("2 sentences of the text are mapped to no clause: 6, 8.\n")
    assert "passwords  [staff must]  passwords: red\n  Its sentence is no longer in policy.txt" in said


@pytest.mark.parametrize("columns", [40, 72, 200])
def test_the_sheet_is_no_wider_than_the_terminal(home, columns):
    said = audit("policies", "coverage", SCHOOL, AUDIT_HOME=str(home), COLUMNS=str(columns)).out

    assert max(map(len, said.splitlines())) <= columns
    assert max(map(len, said.splitlines())) > columns * 0.4


def test_a_school_that_there_is_not_is_refused(home):
    answer = audit("policies", "coverage", "elsewhere", AUDIT_HOME=str(home))

    assert (answer.code, answer.out) == (2, "")
    assert "There is no school 'elsewhere'" in answer.err


def test_every_mistake_of_a_pack_is_told_with_its_line(tmp_path):
    text = resources.files("policies.packs").joinpath("corbets-tey-2022.toml").read_text(encoding="utf-8")
    clause = text.index("[[clause]]")
    broken = text[:clause].replace('edition = "', 'editoin = "') + text[clause:].replace('force = "', 'force = "x', 1)
    path = tmp_path / "own.toml"
    path.write_text(broken.replace('check = "pupil_follower"', 'check = "pupil_folower"', 1), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()

    answer = audit("policies", "check", str(path))

    found = [line.split(":", 2) for line in answer.out.splitlines()]
    assert answer.code == 2
    assert {name for name, _, _ in found} == {"own.toml"}
    assert [int(line) for _, line, _ in found] == sorted(int(line) for _, line, _ in found)
    told = {lines[int(line) - 1].partition(" =")[0].strip(): what for _, line, what in found}
    assert "is it edition?" in told["editoin"]
    assert "must be 'must', 'should' or 'may'." in told["force"]
    assert "no such check; is it pupil_follower?" in answer.out
    assert answer.err == f"{len(found)} mistakes in own.toml.\n"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            '"following_person", severity = "high", parameters = { roles = ["pupils"] }',
            "following_person needs roles to be",
        ),
        (
            '"children_settings", severity = "high", parameters = { comments = "Off" }',
            "children_settings needs comments to",
        ),
        (
            '"contact_details", severity = "high", parameters = { official = [1] }',
            "contact_details needs official to be",
        ),
    ],
)
def test_a_pack_that_a_check_could_not_take_is_refused_alone_and_when_its_school_is_opened(home, question, told):
    path = home / SCHOOL / "own.toml"
    path.write_text(own_pack().replace('"pupil_follower", severity = "high"', question), encoding="utf-8")

    checked = audit("policies", "check", str(path))
    ran = audit("run", SCHOOL, AUDIT_HOME=str(home))

    assert (checked.code, ran.code) == (2, 2)
    assert told in checked.out
    assert told in ran.err
    assert not list((home / SCHOOL).rglob("*.duckdb"))


def test_a_sound_pack_of_the_schools_own_is_said_to_be_sound(home):
    answer = audit("policies", "check", str(home / SCHOOL / "own.toml"))

    assert (answer.code, answer.out, answer.err) == (0, "own.toml is sound: 5 clauses.\n", "")


LINES = tuple(POLICY.splitlines())


def as_text(folder: Path) -> Path:
    path = folder / "policy.txt"
    path.write_text(POLICY, encoding="utf-8")
    return path


def as_markdown(folder: Path) -> Path:
    return as_text(folder).rename(folder / "policy.md")


def as_word(folder: Path) -> Path:
    return word(folder / "policy.docx", *LINES)


def as_pdf(folder: Path) -> Path:
    return pdf(folder / "policy.pdf", LINES[:3], LINES[3:])


@pytest.mark.parametrize("made", [as_text, as_markdown, as_word, as_pdf])
def test_a_school_goes_from_its_own_file_to_a_pack_that_audits_it(tmp_path, made):
    audit("init", SCHOOL, AUDIT_HOME=str(tmp_path))
    source, out = made(tmp_path / SCHOOL), tmp_path / SCHOOL / "own.toml"

    drafted = audit("policies", "draft", str(source), "--out", str(out))
    assert (drafted.code, drafted.out) == (0, "")
    assert f"audit policies check {out}" in drafted.err

    skeleton = out.read_text(encoding="utf-8")
    pack = tomllib.loads(skeleton)
    assert [one["source_sha256"] for one in pack["clause"]] == [sha256_of(LINES[place]) for place in (1, 3, 4, 5, 6)]
    assert pack["background"] == [sha256_of("PUPILS"), sha256_of("STAFF")]

    waiting = "own.toml is sound: 5 clauses. {} of them are not mapped yet: none of these counts as kept.\n"
    assert audit("policies", "check", str(out)).out == waiting.format(5)
    taken = audit("policies", "accept", str(out), "--sure")
    assert (taken.code, taken.out) == (0, "Accepted 1: 4. 4 are not mapped yet.\n")
    assert audit("policies", "check", str(out)).out == waiting.format(4)

    settings = tmp_path / SCHOOL / "school.toml"
    named = settings.read_text().replace("Name of the school", "Ousterly Vale School")
    own = f'pack = "own.toml"\npolicy_source = "{source.name}"'
    settings.write_text(named.replace('# pack = "own.toml"', own))
    sheet = covered(tmp_path)
    assert sheet["totals"] == {"checked": 1, "not mapped yet": 4, "in all": 5}
    assert sheet["source"]["mapped_to_no_clause"] == []


def drafted(folder: Path) -> Path:
    out = folder / "own.toml"
    assert audit("policies", "draft", str(as_text(folder)), "--out", str(out)).code == 0
    return out


def test_a_clause_that_was_taken_out_of_a_draft_is_noticed(tmp_path):
    out = drafted(tmp_path)
    text = out.read_text(encoding="utf-8")
    first, last = text.index("# Sentence 4:"), text.index("# Sentence 6:")
    out.write_text(text[:first] + text[last:], encoding="utf-8")

    answer = audit("policies", "check", str(out))

    assert (answer.code, answer.out) == (2, "2 sentences of the text are mapped to no clause: 4, 5.\n")
    assert answer.err == "own.toml is not whole: map what is named above, or draft it again.\n"


def test_what_is_proposed_is_accepted_by_its_id_and_what_a_person_wrote_stays(tmp_path):
    out = drafted(tmp_path)
    out.write_text(out.read_text(encoding="utf-8").replace('title = "policy"', 'title = "Ours"  # so called'))

    answer = audit("policies", "accept", str(out), "2")
    again = audit("policies", "accept", str(out), "2")
    unknown = audit("policies", "accept", str(out), "99")
    neither = audit("policies", "accept", str(out))

    assert (answer.code, answer.out) == (0, "Accepted 1: 2. 4 are not mapped yet.\n")
    made = tomllib.loads(out.read_text(encoding="utf-8"))
    assert (made["title"], "# so called" in out.read_text()) == ("Ours", True)
    assert made["clause"][0]["checks"] == [{"check": "pupil_follower", "severity": "critical"}]
    assert "proposed" not in made["clause"][0]
    assert [refused.code for refused in (again, unknown, neither)] == [2, 2, 2]
    assert again.err == "Nothing is proposed for clause 2: map it by hand.\n"
    assert unknown.err == "own.toml has no clause '99'.\n"


def test_a_draft_in_welsh_says_how_little_of_it_is_known(tmp_path):
    source = tmp_path / "polisi.txt"
    source.write_text("Ni chaiff disgyblion ddilyn y cyfrif.\nRhaid i staff ofyn.\n", encoding="utf-8")

    answer = audit("policies", "draft", str(source))

    assert "Of Welsh only the commonest words of duty are known" in answer.err
    assert [one["binds"] for one in tomllib.loads(answer.out)["clause"]] == ["pupils", "staff"]


def test_a_draft_without_a_file_goes_to_the_screen_and_what_to_do_next_beside_it(tmp_path):
    answer = audit("policies", "draft", str(as_text(tmp_path)))

    assert len(tomllib.loads(answer.out)["clause"]) == 5
    assert "--out own.toml" in answer.err


def test_a_draft_never_overwrites(tmp_path):
    out = tmp_path / "own.toml"
    out.write_text("ours")

    answer = audit("policies", "draft", str(as_text(tmp_path)), "--out", str(out))

    assert (answer.code, out.read_text()) == (2, "ours")
    assert "is there already and stays as it is" in answer.err


def test_a_draft_says_which_pages_it_could_not_read(tmp_path):
    answer = audit("policies", "draft", str(pdf(tmp_path / "policy.pdf", LINES, ())))

    assert answer.code == 0
    assert "These pages of policy.pdf hold no text and were not read: 2." in answer.err


def test_a_file_that_holds_no_policy_is_refused_in_a_sentence(tmp_path):
    files = [
        pdf(tmp_path / "scan.pdf", ()),
        locked(pdf(tmp_path / "locked.pdf", LINES), password="hush"),
        word(tmp_path / "blank.docx"),
        tmp_path / "absent.txt",
    ]

    for file in files:
        answer = audit("policies", "draft", str(file), "--out", str(tmp_path / "own.toml"))
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
        assert file.name in answer.err
    assert not (tmp_path / "own.toml").exists()


def test_an_attestation_is_written_down_and_shown(home):
    answer = attest(home, until=SOON.isoformat())

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Written down. Attested by the headteacher (role claimed, not signed in) on ")
    line = next(line for line in covered(home)["clauses"] if line["clause"] == "train")
    assert (line["state"], line["attested_until"]) == ("attested", SOON.isoformat())
    sheet = audit("policies", "coverage", SCHOOL, AUDIT_HOME=str(home)).out
    assert f"train: attested until {SOON}" in sheet
    assert "Training record" not in sheet


def test_a_role_may_be_told_in_words(home):
    assert attest(home, "passwords", by="IT technician").code == 0


@pytest.mark.parametrize(
    ("clause", "words", "told"),
    [
        ("trian", {}, "own has no clause 'trian'. Is it train?"),
        ("zzz", {}, "own has no clause 'zzz'. To see them all: audit policies coverage ousterly-vale"),
        ("pupils", {}, "pupils is not for a person to attest: the program checks it (pupil_follower)."),
        ("gossip", {}, "gossip is not for a person to attest. Nobody can see it."),
        ("train", {"by": "it_technician"}, "train is for the headteacher to attest: --by headteacher"),
        ("train", {"evidence": "  "}, "Say with --evidence what the attestation rests on. train asks: The record."),
        ("train", {"until": "2020-01-01"}, "--until 2020-01-01 is in the past; choose a day up to "),
        ("train", {"until": FAR.isoformat()}, f"--until {FAR} is too far off: train is to be attested every 365 days,"),
        ("train", {"until": "soon"}, "See `audit --help`."),
    ],
)
def test_an_attestation_that_cannot_stand_is_refused_and_not_written(home, clause, words, told):
    answer = attest(home, clause, **words)

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert told in answer.err
    assert "attested" not in covered(home)["totals"]


def test_a_red_clause_cannot_be_attested(home):
    (home / SCHOOL / "policy.txt").write_text(POLICY.replace("train all", "train most"))

    answer = attest(home)

    assert answer.code == 2
    assert answer.err.startswith("train is red, so nobody can attest it. Its sentence is no longer in policy.txt")


def test_the_shipped_policies_need_no_more_than_they_map():
    papers = Path(__file__).parents[2].parent / "shared" / "policies"
    if not papers.exists():
        pytest.skip(f"{papers} is not here, so no pack can be held to its policy's own words.")
    unmapped = {}
    for name in known_packs():
        pack = load_pack(name)
        known = {clause.source_sha256 for clause in pack.clause} | set(pack.background)
        told = sentences((papers / f"{name}.txt").read_text(encoding="utf-8"))
        unmapped[name] = [number for number, one in enumerate(told, start=1) if sha256_of(one) not in known]

    assert unmapped == {name: [] for name in known_packs()}


def test_evidence_with_the_whole_name_of_somebody_on_a_register_is_not_kept(home):
    (home / SCHOOL / "registers" / "staff.csv").write_text("person_id,given_names,surname\nS1,Ambrose,Netherfold\n")

    answer = attest(home, evidence="Ambrose Netherfold keeps the training record.")

    assert answer.code == 2
    assert answer.err.startswith("--evidence names whom it is about, and it is kept")
    assert attest(home, evidence="The head of art keeps the training record.").code == 0
