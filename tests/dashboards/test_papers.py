"""The papers say what is kept, by the tags and by school.toml; they name nobody, and tell when they are out of date."""

import html
import json
import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from dashboards.papers.papers import papers_of, papers_sha256
from dashboards.papers.write import MANIFEST, PAPERS, PapersError, write_papers
from policies.papers import RISKS, PaperAnswers
from policies.school import School

DAY = date(2026, 11, 23)


def school(**more):
    said = {
        "school": {"id": "ousterly-vale", "name": "Ousterly <Vale> School", "pack": "corbets-tey-2022"},
        "account": [{"platform": "x", "account_id": "1001", "handle": "OusterlyVale"}],
        "registers": {"pupils": "pupils.csv", "staff": "staff.csv"},
        "retention": {"platform_records": 200, "registers": 45},
    }
    return School.model_validate(said | more)


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers") / "new"
    write_papers(papers_of(school(), DAY), folder)
    return {name: (folder / name).read_text(encoding="utf-8") for name in (*PAPERS, MANIFEST)}


def test_the_record_has_every_purpose_with_its_basis_and_every_clock_by_the_school_s_own_days(texts):
    record = texts["record-of-processing.html"]

    for words in (
        "Ousterly &lt;Vale&gt; School", "public task (Article 6(1)(e)", "Article 32", "pupils, staff",
        "X 200 days after it last showed it to us.", "after 45 days", "raw.people", "casebook.query_log",
        "23 November 2026",
    ):  # fmt: skip
        assert words in record
    assert "Nobody" in record


def test_the_assessment_shows_the_flow_with_a_text_in_its_place_and_the_picture_is_sound(texts):
    assert '<img src="data-flow.svg" alt="The platforms and the school' in texts["dpia.html"]
    assert "No live pull is made before a decision is recorded" in texts["dpia.html"]
    root = ET.fromstring(texts["data-flow.svg"])  # noqa: S314 - our own text
    assert root[0].text == "How the data flow at Ousterly <Vale> School"


def test_the_notice_for_pupils_is_in_short_words(texts):
    body = texts["notice-pupils.html"].split("<main>")[1].split("</h1>")[1]
    words = [word for part in body.split(">") for word in part.split("<")[0].replace(".", "").split()]
    sentences = [one for part in body.split(">") for one in part.split("<")[0].split(".") if one.strip()]

    assert sum(len(word) > 8 for word in words) / len(words) < 0.02
    assert max(len(one.split()) for one in sentences) <= 16


def test_the_notices_say_the_school_s_own_days_of_its_own_platforms_alone(texts):
    assert "What X shows us: 200 days after it last showed it to us" in texts["notice-parents.html"]
    assert "about 7 months" in texts["notice-pupils.html"]
    assert "kept for 365 days" in texts["notice-staff.html"]
    assert not any("YouTube" in text for text in texts.values())


GIVEN = tuple(name for name in PAPERS if name.startswith("notice-"))
ADULTS = tuple(name for name in GIVEN if name != "notice-pupils.html")
SAID = {
    "the register is shown if asked": (("dpia.html",), "may ask to be shown the name, class and roll id"),
    "parents are told so": (("notice-parents.html",), "may look up the name and class that our list suggests"),
    "two people agree": (("dpia.html", "record-of-processing.html"), "only when two people say so"),
    "two people must": (ADULTS, "Two people must agree"),
    "who besides is told": (("dpia.html",), "the chair of governors of a governor"),
    "the data protection officer reads all": (("dpia.html",), "The Data Protection Officer can read all of it"),
    "seven roles are at the desk": (("data-flow.svg",), "7 roles"),
    "what is looked for": (("dpia.html", "policy-document.html", *ADULTS), "health, faith, politics, union or conduct"),
    "and for pupils": (("notice-pupils.html",), "too young"),
    "whom a person may tell": (("record-of-processing.html", *ADULTS), "designated officer"),
    "who works for the school": (("record-of-processing.html", *ADULTS), "keeps or runs anything for the school"),
    "keys lie where the machine is": (("dpia.html",), "unless its key lies where they cannot read it"),
    "which posts are read": (("dpia.html", *ADULTS), "only if it answers, mentions, quotes or reposts us"),
    "how long a mistake counts": (("dpia.html",), "as long as the case is known, and 730 days after"),
    "a case keeps what it needs": (ADULTS[:1], "What a case that is still open needs, we keep with the case"),
    "the last whole copy of a register": (("record-of-processing.html",), "the last whole copy 200 days at the most"),
    "what keeps to an erasure": (("dpia.html", "notice-staff.html"), "a keyed code of id, name and handle"),
    "where the schedule is installed": (("dpia.html", "record-of-processing.html"), "where the schedule is installed"),
    "who deletes a backup": (("dpia.html", "notice-staff.html"), "Backups and snapshots"),
    "a clock of requests": (("record-of-processing.html",), "holds, requests and changes of registers"),
    "objecting stands apart": (ADULTS, "You have the right to object, at any time, to what we do as a public task"),
    "complaining to the school": (ADULTS, "within 30 days"),
    "restriction": (ADULTS, "have it restricted"),
    "pictures are compared": (ADULTS, "compared with the photographs that we approved"),
    "faces are searched for": (ADULTS, "searched for faces"),
    "what follows": (ADULTS, "removed as a follower"),
    "the officer is reached": (GIVEN, "the Data Protection Officer is reached"),
    "a notice is no draft's errand": (GIVEN, "Draft. Not yet for giving out."),
    "what else was thought of": (("dpia.html",), "what else was thought of"),
    "a family spoken to by mistake": (("dpia.html",), "removed as a follower, or a family is spoken to, by mistake"),
    "erased as the document says": (("record-of-processing.html",), "Erased as the policy document says"),
    "why it is needed": (("dpia.html",), "Each of these is a reason under Article 35"),
    "whose data, and for what": (("dpia.html",), "anybody who follows, writes to or is followed by"),
    "what people expect": (("dpia.html",), "what pupils, parents and staff expect of the school here"),
    "the law it rests on": (("dpia.html",), "the law that gives the school this task"),
    "rights": (("dpia.html",), "a request with a day by which it is answered"),
    "whether the advice was taken": (("dpia.html",), "whether that advice was taken"),
    "who approved the measures": (("dpia.html",), "who approved the measures"),
    "asking the commissioner": (("dpia.html",), "asked before anything is read (Article 36)"),
    "the six principles": (("policy-document.html",), "Lawfulness, fairness and transparency"),
    "the document's review": (("policy-document.html",), "when the assessment is looked at again"),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_the_papers_say_what_is_so(texts, what):
    names, words = SAID[what]

    assert [name for name in names if words not in html.unescape(texts[name])] == []


def test_the_papers_say_nothing_that_is_not_so(texts):
    for words in (
        "no trait is inferred", "Nothing of the kind is looked for", "no other role sees", "given any of it",
        "before one of them has confirmed", "keys lie apart", "remembered for good", "hashes alone",
        "at the most, and not after", "never anybody", "deleted every night", "school.toml before it stands",
    ):  # fmt: skip
        assert [name for name, text in texts.items() if words in text] == [], words
    assert not any("school.toml" in texts[name] for name in GIVEN)
    assert "does not look at your own page" not in texts["notice-pupils.html"]


def test_the_lawful_basis_is_the_school_s_to_say(tmp_path):
    write_papers(papers_of(school(papers={"lawful_basis": "legitimate_interests"}), DAY), tmp_path)
    texts = {name: (tmp_path / name).read_text() for name in PAPERS}

    assert "legitimate interests (Article 6(1)(f)" in texts["record-of-processing.html"]
    assert [name for name, text in texts.items() if "public task" in text] == []


def test_a_school_without_x_is_told_nothing_of_x(tmp_path):
    account = {"platform": "youtube", "account_id": f"UC{'a' * 22}", "handle": "V"}
    write_papers(papers_of(school(account=[account]), DAY), tmp_path)

    assert [name for name in PAPERS if re.search(r"\bX\b", (tmp_path / name).read_text())] == []


def test_a_school_with_both_platforms_is_told_of_both():
    ids = {"x": "1001", "youtube": f"UC{'a' * 22}"}
    both = [{"platform": platform, "account_id": ident, "handle": "V"} for platform, ident in ids.items()]

    assert [days for _, days in papers_of(school(account=both), DAY).platform_days] == [200, 28]


def test_what_people_are_given_to_read_names_no_table_and_has_every_clock_that_is_about_them(texts):
    record, *given = (texts[name] for name in ("record-of-processing.html", "dpia.html", "notice-staff.html"))

    for text in (*given, texts["notice-parents.html"], texts["notice-pupils.html"]):
        assert re.findall(r"\b(?:raw|outcome|casebook|desk|published|main)\.\w+", text) == []
    for words in ("Reports of each week", "registers of people. From when a run read the register: after 45",
                  "that X shows no more"):  # fmt: skip
        assert all(words in text for text in given)
    assert "Reports of each week" in record
    assert not any("Counts, days and hashes" in text for text in given)


def test_the_manifest_tells_what_the_papers_rest_on(texts):
    manifest = json.loads(texts[MANIFEST])

    assert manifest["rests_on_sha256"] == papers_sha256(school())
    assert papers_sha256(school(retention={"registers": 46})) != papers_sha256(school())
    assert set(manifest["papers"]) == set(PAPERS)


def test_papers_are_written_over_papers_and_never_over_anything_else(tmp_path):
    papers = papers_of(school(), DAY)
    write_papers(papers, tmp_path / "mine")
    write_papers(papers, tmp_path / "mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "minutes.txt").touch()

    with pytest.raises(PapersError, match="no papers of ours"):
        write_papers(papers, tmp_path / "other")
    with pytest.raises(PapersError, match="is a file"):
        write_papers(papers, tmp_path / "other" / "minutes.txt")


def changed(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_paper_that_somebody_completed_stands_and_the_new_one_is_written_beside_it(tmp_path):
    write_papers(papers_of(school(), DAY), tmp_path / "mine")
    mine = changed(tmp_path / "mine", "dpia.html", "completed by hand")
    for registers in (46, 47):  # the second time writes over the new one, which nobody changed
        written = write_papers(papers_of(school(retention={"registers": registers}), DAY), tmp_path / "mine")

        assert written.kept == ("dpia.html",)
        assert mine.read_text() == "completed by hand"
        assert f"{registers} days" in (tmp_path / "mine" / "record-of-processing.html").read_text()
        assert "<h1>" in (tmp_path / "mine" / "dpia.html.new").read_text()
    (tmp_path / "mine" / "dpia.html.new").replace(mine)

    assert write_papers(papers_of(school(), DAY), tmp_path / "mine").kept == ()


def test_nothing_is_written_where_the_new_paper_beside_a_changed_one_was_changed_too(tmp_path):
    write_papers(papers_of(school(), DAY), tmp_path)
    changed(tmp_path, "dpia.html", "completed by hand")
    write_papers(papers_of(school(), DAY), tmp_path)
    changed(tmp_path, "dpia.html.new", "completed there")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(PapersError, match="was changed too"):
        write_papers(papers_of(school(retention={"registers": 46}), DAY), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("manifest", ["{", "[]", '{"papers": 3}'])
def test_nothing_is_written_where_nobody_knows_which_papers_were_changed(tmp_path, manifest):
    write_papers(papers_of(school(), DAY), tmp_path)
    changed(tmp_path, MANIFEST, manifest)
    mine = changed(tmp_path, "dpia.html", "completed by hand")

    with pytest.raises(PapersError, match="cannot be read"):
        write_papers(papers_of(school(), DAY), tmp_path)
    assert mine.read_text() == "completed by hand"


OF_RISKS = {"left", "likelihood", "severity", "residual"}
WHOLE = {
    name: f"Said of {name}"
    for name in PaperAnswers.model_fields
    if name not in {*OF_RISKS, "review_on", "lawful_basis"}
}


def test_the_papers_are_drafts_until_the_school_has_said_all_that_it_alone_can_say(tmp_path):
    draft = papers_of(school(), DAY)
    answers = {**WHOLE, "review_on": "2027-11-23", "left": {risk: f"Left of {risk}" for risk in RISKS}}
    answers |= {"likelihood": dict.fromkeys(RISKS, "possible"), "severity": dict.fromkeys(RISKS, "severe")}
    answers |= {"residual": dict.fromkeys(RISKS, "low")}
    whole = papers_of(school(papers=answers), DAY)
    write_papers(draft, tmp_path / "draft")
    write_papers(whole, tmp_path / "whole")
    texts = {name: (tmp_path / "whole" / name).read_text() for name in PAPERS}
    drafts = {name: (tmp_path / "draft" / name).read_text() for name in PAPERS}

    assert len(draft.to_complete) == len(WHOLE) + 1 + 4 * len(RISKS)
    assert any("[papers] dpo_name" in each for each in draft.to_complete)
    assert whole.to_complete == ()
    assert not any("o be completed" in text or "Draft" in text for text in texts.values())
    assert all("Draft" in text for name, text in drafts.items() if name.endswith(".html"))
    assert all(f"Left of {risk}" in texts["dpia.html"] for risk in RISKS)
    assert all(
        each in texts["dpia.html"] for each in ("possible", "severe", "Said of people_met", "Said of dpo_advice")
    )
    for name in (*ADULTS, "record-of-processing.html"):
        assert all(f"Said of {each}" in texts[name] for each in ("controller_address", "dpo_name", "dpo_contact"))
    assert papers_sha256(school()) != papers_sha256(school(papers=answers))


def test_the_papers_say_that_an_unconfirmed_account_s_own_name_is_shown_and_how_it_is_matched(texts):
    for name in ("dpia.html", "record-of-processing.html", "notice-parents.html"):
        assert "Nobody is named" not in texts[name]
        assert "full name" in texts[name]
    for name in ADULTS:
        assert "a score" in texts[name]
        assert "compared with the names on our registers" in texts[name]
        assert "ico.org.uk" in texts[name]
    assert "the more points it gives" in texts["notice-pupils.html"]


def test_where_special_categories_occur_follows_the_catalogue(texts):
    for said in ("raw.comments", "outcome.exceptions", "hate, abuse or a threat", "Article 9", "Schedule 1"):
        assert said in texts["record-of-processing.html"]
    assert all(risk in html.unescape(texts["dpia.html"]) for risk, _ in RISKS.values())


@pytest.mark.parametrize(
    ("likelihood", "severity", "level"),
    [
        ("probable", "minimal", "low"),
        ("remote", "severe", "low"),
        ("possible", "significant", "medium"),
        ("possible", "severe", "high"),
        ("probable", "significant", "high"),
    ],
)
def test_each_risk_has_its_level_and_a_high_one_that_is_left_goes_to_the_commissioner(
    tmp_path, likelihood, severity, level
):
    said = {"likelihood": {"desk": likelihood}, "severity": {"desk": severity}, "left": {"desk": "Some curiosity"}}
    write_papers(papers_of(school(papers=said | {"residual": {"desk": level}}), DAY), tmp_path)
    text = (tmp_path / "dpia.html").read_text()
    rows = [re.findall(r"<td>(.*?)</td>", row)[2:] for row in re.findall(r"<tr>(.*?)</tr>", text)]

    assert [likelihood, severity, level, "Some curiosity", level] in rows
    assert rows.count(["To be completed"] * 5) == len(RISKS) - 1
    assert ("A high risk is left" in text) == (level == "high")
    assert not PaperAnswers().level("desk")
