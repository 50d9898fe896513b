"""What a council's tools and its papers are given of a week: OCSF findings and a tagged PDF, of counts alone."""

import json
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from py_ocsf_models import OCSF_VERSION
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
from pypdf import PdfReader

from dashboards.report import ReportError, write_report
from dashboards.report.clauses import in_policy_order
from dashboards.report.corrections import with_banner
from dashboards.report.read import read_week
from tests.dashboards.copies import RUN, add, copy
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_small_numbers import OPEN, WEEKS, copy_of_five_weeks
from tests.dashboards.test_tiers import PLANTED, planted
from warehouse.casebook.challenges import Challenge

BANDS = {"fewer than 5", "5 to 9", "10 to 14", "30 to 34"}


def findings(db, folder, run=RUN):
    [path] = write_report(db, folder, run_id=run, tier="governors", formats=["ocsf"])
    assert path.name == "governors.ocsf.json"
    return json.loads(path.read_text())


def test_each_finding_is_one_of_the_published_class_and_says_school_clause_check_and_edition(tmp_path):
    made = findings(ordinary(), tmp_path)

    assert made != []
    for each in made:
        read = ComplianceFinding.model_validate(each)
        assert (each["metadata"]["version"], read.type_uid) == (
            OCSF_VERSION,
            each["class_uid"] * 100 + read.activity_id,
        )
        unknown = [set(each) - set(ComplianceFinding.model_fields), set(each["compliance"]) - {"status"} - set(
            type(read.compliance).model_fields)]  # fmt: skip
        assert unknown == [set(), set()]  # the class itself leaves out what it does not know
        assert read.resources[0].uid == "ousterly-vale"
        assert read.metadata.product.version
        assert read.compliance.checks[0].uid in read.finding_info.uid
    assert len({each["finding_info"]["uid"] for each in made}) == len(made)


@pytest.mark.parametrize("decision", [None, "confirmed", "allowed"])
def test_nobody_is_named_in_it(tmp_path, decision):
    db = planted(decision=decision)
    text = json.dumps(findings(db, tmp_path))

    assert [canary for canary in (*PLANTED, "7777", "PLANTED") if canary in text] == []


def test_it_tells_bands_and_the_same_reference_every_week(tmp_path):
    by_week = [findings(copy_of_five_weeks(), tmp_path / day, day) for day in WEEKS]

    told = [{each["finding_info"]["uid"]: each for each in week} for week in by_week]
    assert {each["unmapped"].get("open_now") for week in by_week for each in week} == {*BANDS, None}
    assert [set(week) for week in told] == [set(told[0])] * len(WEEKS)
    assert [len(week) for week in by_week] == [len(OPEN)] * len(WEEKS)


@pytest.mark.parametrize(
    ("verdict", "stands_under", "ends"),
    [
        ("kept", "", ("Resolved", "Close")),
        ("exceptions", "", ("Resolved", "Close")),
        ("kept", "steady", ("Unknown", "Update")),
        ("could_not_tell", "", ("Unknown", "Update")),
        ("nothing_seen", "", ("Unknown", "Update")),
        (None, "", ("Unknown", "Update")),
    ],
    ids=["kept", "all decided", "stands elsewhere", "could not tell", "nothing seen", "not looked at"],
)
@pytest.mark.parametrize("severity", ["high", "low"])
def test_a_finding_is_the_same_from_new_to_resolved_and_is_resolved_only_where_its_check_could_tell(
    tmp_path, verdict, stands_under, ends, severity
):
    db = copy(runs="run_id     | as_of\n-----------+------\n" + "\n".join(f"{day} | {day}" for day in WEEKS[:3]))
    for week, day in enumerate(WEEKS[:3]):
        add(db, "clauses", run_id=day, clause="c1", ref="1", says="A clause", number=1, checks="a_check, another",
            stands_under=stands_under or None)  # fmt: skip
        add(db, "clauses", run_id=day, clause="steady", ref="2", says="A clause", number=2, checks="a_check")
        if week < 2:
            add(db, "exceptions", run_id=day, clause="c1", check_id="a_check", status=["new", "open"][week],
                severity=["high", severity][week])  # fmt: skip
        elif verdict:
            add(db, "coverage", run_id=day, check_id="a_check", verdict=verdict)

    by_week = [findings(db, tmp_path / day, day) for day in WEEKS[:3]]

    uid = "ousterly-vale/ousterly-vale-2026/c1/a_check"
    its = [[each for each in week if each["finding_info"]["uid"] == uid] for week in by_week]
    assert [(each["status"], each["activity_name"]) for [each] in its] == [
        ("New", "Create"),
        ("In Progress", "Update"),
        ends,
    ]


def test_a_finding_is_not_resolved_where_its_own_clause_could_not_tell_though_its_check_found_something_elsewhere(
    tmp_path,
):
    db = copy(runs="run_id     | as_of\n-----------+------\n" + "\n".join(f"{day} | {day}" for day in WEEKS[:2]))
    for day, verdict in zip(WEEKS[:2], ("exceptions", "could_not_tell"), strict=True):
        add(db, "clauses", run_id=day, clause="c1", ref="1", says="A clause", number=1, checks="a_check",
            verdict=verdict)  # fmt: skip
        add(db, "clauses", run_id=day, clause="c2", ref="2", says="Other", number=2, checks="a_check",
            verdict="exceptions")  # fmt: skip
        add(db, "exceptions", run_id=day, clause="c2", check_id="a_check", status="open", severity="high")
        add(db, "coverage", run_id=day, check_id="a_check", verdict="exceptions")
    add(db, "exceptions", run_id=WEEKS[0], clause="c1", check_id="a_check", status="new", severity="high")

    last = [findings(db, tmp_path / day, day) for day in WEEKS[:2]][-1]

    [its] = [each for each in last if each["finding_info"]["uid"].endswith("/c1/a_check")]
    assert (its["status"], its["activity_name"]) == ("Unknown", "Update")


@pytest.mark.parametrize(
    ("verdict", "not_covered", "is_blind", "status"),
    [
        ("kept", None, False, "Pass"),
        ("kept", None, True, "Warning"),
        ("kept", "Stories.", False, "Warning"),
        ("could_not_tell", None, True, "Warning"),
        ("nothing_seen", None, False, "Warning"),
        ("exceptions", None, False, "Warning"),
    ],
)
def test_a_clause_passes_only_where_its_checks_could_tell_and_see_all_of_it(
    tmp_path, verdict, not_covered, is_blind, status
):
    db = copy()
    more = {} if not_covered is None else {"not_covered": not_covered}
    add(db, "clauses", clause="c9", ref="9", says="A clause", number=9, checks="a_check", verdict=verdict, **more)
    add(db, "coverage", check_id="a_check", verdict="could_not_tell" if is_blind else "kept")

    [made] = findings(db, tmp_path)

    assert (made["compliance"]["status"], made["unmapped"]["could_not_tell"]) == (status, ["a_check"] * is_blind)


def test_a_cell_that_is_open_says_which_checks_of_its_clause_could_not_tell(tmp_path):
    db = copy()
    add(db, "clauses", clause="c4-2", ref="4.2", says="A clause", number=1, checks="pupil_follower, other")
    add(db, "coverage", check_id="other", verdict="could_not_tell")
    for severity in ("high", "low"):
        add(db, "exceptions", severity=severity, fingerprint=severity * 9)

    made = findings(db, tmp_path)

    told = [(each["severity"], each["unmapped"]["could_not_tell"], each["status"]) for each in made]
    assert told == [("High", ["other"], "New"), ("Informational", ["other"], "Unknown")]
    assert [(each["severity"], each["open_now"]) for each in made[0]["unmapped"]["open"]] == [
        ("high", "fewer than 5"), ("low", "fewer than 5")
    ]  # fmt: skip
    assert len(in_policy_order(read_week(db, run_id=RUN, tier="governors"))) == 1


def pdf(db, folder, marked=str) -> Path:
    pytest.importorskip("weasyprint", reason="WeasyPrint or Pango is not here", exc_type=OSError)
    [path] = write_report(db, folder, run_id=RUN, tier="governors", formats=["pdf"], marked=marked)
    return path


def kinds(element, found):
    """Count the kinds of the structure's elements, from the one given down."""
    element = element.get_object()
    if isinstance(element, list):
        for each in element:
            kinds(each, found)
    elif isinstance(element, dict):
        found.append(str(element.get("/S", "")).strip("/"))
        if "/K" in element:
            kinds(element["/K"], found)
    return found


def test_the_governors_page_as_a_pdf_has_title_language_tags_and_headings_of_tables(tmp_path):
    reader = PdfReader(pdf(ordinary(), tmp_path))

    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Ousterly Vale School: social accounts audit of Mon 16 Nov 2026, for the governors"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"].value) == ("en-GB", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    found = kinds(root["/StructTreeRoot"]["/K"], [])
    assert {"H1", "H2", "Table", "TR", "TH", "TD", "P"} <= set(found)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "What was found, by clause" in text
    assert "Severity" in text


def test_the_pdf_names_nobody_warns_of_nothing_and_is_the_same_for_the_same_week(tmp_path, caplog):
    path = pdf(planted(), tmp_path)
    assert caplog.messages == []

    assert path.read_bytes() == pdf(planted(), tmp_path / "again").read_bytes()
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert ("PLANTED" in text, "7777" in text, path.name) == (False, False, "governors.pdf")


def test_the_pdf_says_what_was_found_mistaken_since_as_the_page_does(tmp_path):
    at = datetime(2026, 11, 17, tzinfo=UTC)
    upheld = Challenge("f" * 64, at.date(), "parent", "-", "dpo", at, "upheld", answered_at=at)
    marked = partial(with_banner, corrected=[upheld], counts_only=True)

    reader = PdfReader(pdf(ordinary(), tmp_path, marked))

    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "challenged and found mistaken: fewer than 5. Do not rely on them." in text


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(ReportError, match=r"^A PDF needs WeasyPrint and Pango, which are not here\. Install .*\[pdf\]"):
        write_report(ordinary(), tmp_path, run_id=RUN, tier="governors", formats=["pdf"])


@pytest.mark.parametrize("form", ["pdf", "ocsf"])
def test_neither_is_made_for_a_reader_of_cases(tmp_path, form):
    with pytest.raises(ReportError, match=f"^{form} is made of counts alone, which name nobody"):
        write_report(ordinary(), tmp_path, run_id=RUN, tier="dsl", formats=[form])
