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
        "X 200 days, YouTube 28 days", "after 45 days", "raw.people", "casebook.query_log", "23 November 2026",
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


def test_the_notices_say_the_school_s_own_days(texts):
    assert "What X shows us: 200 days at the most" in texts["notice-parents.html"]
    assert "kept for 365 days" in texts["notice-staff.html"]


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


WHOLE = {name: f"Said of {name}" for name in PaperAnswers.model_fields if name not in {"left", "review_on"}}


def test_the_papers_are_drafts_until_the_school_has_said_all_that_it_alone_can_say(tmp_path):
    draft = papers_of(school(), DAY)
    answers = {**WHOLE, "review_on": "2027-11-23", "left": {risk: f"Left of {risk}" for risk in RISKS}}
    whole = papers_of(school(papers=answers), DAY)
    write_papers(draft, tmp_path / "draft")
    write_papers(whole, tmp_path / "whole")
    texts = {name: (tmp_path / "whole" / name).read_text() for name in PAPERS}
    drafts = {name: (tmp_path / "draft" / name).read_text() for name in PAPERS}

    assert len(draft.to_complete) == len(PaperAnswers.model_fields) - 1 + len(RISKS)
    assert any("[papers] dpo_name" in each for each in draft.to_complete)
    assert whole.to_complete == ()
    assert not any("o be completed" in text or "A draft" in text for text in texts.values())
    assert all("A draft" in text for name, text in drafts.items() if name.endswith(".html"))
    assert all(f"Left of {risk}" in texts["dpia.html"] for risk in RISKS)
    for name in ("notice-parents.html", "notice-staff.html", "record-of-processing.html"):
        assert all(f"Said of {each}" in texts[name] for each in ("controller_address", "dpo_name", "dpo_contact"))
    assert papers_sha256(school()) != papers_sha256(school(papers=answers))


def test_the_papers_say_that_an_unconfirmed_account_s_own_name_is_shown_and_how_it_is_matched(texts):
    for name in ("dpia.html", "record-of-processing.html", "notice-parents.html"):
        assert "Nobody is named" not in texts[name]
        assert "full name" in texts[name]
    for name in ("notice-parents.html", "notice-staff.html"):
        assert "a score" in texts[name]
        assert "compared with the names on our registers" in texts[name]
        assert "ico.org.uk" in texts[name]
    assert "gives points" in texts["notice-pupils.html"]


def test_where_special_categories_occur_follows_the_catalogue(texts):
    for said in ("raw.comments", "outcome.exceptions", "hate, abuse or a threat", "Article 9", "Schedule 1"):
        assert said in texts["record-of-processing.html"]
    assert all(risk in html.unescape(texts["dpia.html"]) for risk, _ in RISKS.values())
