"""`audit demo`: six weeks over real HTTP that find exactly what the truth file says, and twice the same.

It alone proves all the checks together over weeks, each once and with no other, by the program as a person starts it.
"""

import json
import re
import subprocess
import sys
import zlib
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import demo
from checks.catalogue import catalogue
from dashboards.desk.casework.caseload import cases
from dashboards.report import read, write_report
from dashboards.report.model import COUNTS_ONLY
from dashboards.report.read import read_week
from demo.school.people import registers
from demo.town import WEEKS, truth
from flows.home.context import open_context
from flows.home.settings import from_environment
from flows.notify.message import of_run
from flows.trial.demo import SCHOOL, WIDTH, against_truth
from policies.model import read_pack
from policies.roles import HAS_TASKS, LEAD, ROLES
from tests.browser.mondays import cleared, typed_in
from tests.browser.test_report import browser
from tests.casebooks import rows_of
from tests.dashboards.attacker import Attacker
from tests.dashboards.desks import served
from tests.dashboards.pages import visible
from tests.dashboards.test_small_numbers import exact
from tests.dashboards.weeks import as_of
from tests.demo import openapi
from tests.demo.discovery import check_answer, check_request
from tests.flows.calling import audit
from tests.published_text import text_of
from warehouse.store.open import opened
from warehouse.store.places import Places

__all__ = ["browser"]
POLICY = Path(demo.__file__).parent / "school" / "folder" / "policy.toml"

pytestmark = pytest.mark.slow
MINUTES, WORDS_A_MINUTE = 15, 240  # that a Monday takes, and that a person reads
ITS_OWN = {"account", "link", "newest", "shown_name", "excerpt", "quote"}  # what an account itself shows in public
CODE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b(?:core|published|raw)\.\w+")
OWN_WORDS = {*ROLES, *catalogue(), *(label.label for check in catalogue().values() for label in check.evidence)}
PUBLISHED = [week.as_of.isoformat() for week in WEEKS[1:]]  # the first week's report is over its clock by the sixth
FOUND = sum(len(week["exception"]) for week in truth()["week"])


def last_report(out: Path) -> Path:
    return Places(out, SCHOOL).reports(WEEKS[-1].as_of.isoformat()) / "index.html"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The demo, run as a person would run it, at DEBUG."""
    out = tmp_path_factory.mktemp("demo") / "out"
    program = str(Path(sys.executable).with_name("audit"))
    done = subprocess.run(
        [program, "--debug", "demo", "--out", str(out), "--no-open"], capture_output=True, text=True, check=False
    )
    return out, done


def test_the_six_weeks_find_what_the_truth_file_says_and_nothing_else(shown):
    _, done = shown

    assert done.returncode == 0, done.stdout
    assert done.stdout.count("just what the truth file says") == 6


def test_each_week_says_in_a_few_lines_what_stands_what_was_kept_and_what_nobody_could_tell(shown):
    _, done = shown
    weeks = done.stdout.split("\nWeek ")[1:]

    for number, said in enumerate(weeks, 1):
        lines = said.partition("just what the truth file says")[0].splitlines()
        named = {word.strip(",") for line in lines[1:] for word in line.split()}
        named = {word for word in named if "_" in word or word == "logo"}
        standing = {row["check"] for row in truth()["week"][number - 1]["exception"] if row["status"] != "gone"}

        assert len(lines) < 12
        assert max(map(len, lines)) <= WIDTH
        assert named == set(read_pack(POLICY).check_ids)
        assert standing < named


def test_what_is_escalated_by_its_evidence_is_critical(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        found = copy.execute(
            "select check_id, account_handle, severity from published.exceptions "
            "where run_id = '2026-11-09' and check_id in ('pupil_named', 'abusive_comment') order by all"
        ).fetchall()

    assert found == [
        ("abusive_comment", "OusterlyPE", "high"),
        ("abusive_comment", "OusterlyVale", "high"),
        ("abusive_comment", "OusterlyVale", "high"),
        ("abusive_comment", "OusterlyValeSchool", "critical"),
        ("abusive_comment", "OusterlyValeSchool", "high"),
        ("pupil_named", "OusterlyPE", "critical"),
        ("pupil_named", "OusterlyVale", "high"),
    ]


def test_every_case_of_the_second_week_is_answered_by_one_key_and_the_week_by_sixty(shown, browser, tmp_path):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    second = as_of(context.places.published, context.key, WEEKS[1].as_of.isoformat())
    pressed = seen = 0
    with served(second, tmp_path / "desk") as desk:
        for role in ("enterprise_and_technology_lead", "dsl"):
            page = browser.new_page()
            page.clock.install()
            typed_in(page, desk.url, role)
            keys, answered, words = cleared(page)
            page.close()
            pressed += keys
            assert keys == answered + 1
            seen += words
        every = cases(desk.desk, "lead")
        to_plan = set(every.backlog_of(LEAD))
        left = [case for at, case in enumerate(every) if case.is_new and case.is_waiting and at not in to_plan]

    assert {case.owner_role for case in left} <= HAS_TASKS
    assert pressed <= 60
    assert seen <= MINUTES * WORDS_A_MINUTE


def test_an_attestation_stands_until_its_day_or_until_a_check_finds_the_counter_evidence(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        standing = copy.execute(
            "select run_id, list(clause order by clause) from published.clauses "
            "where attested_until is not null group by run_id order by run_id"
        ).fetchall()
        [(ended,)] = copy.execute(
            "select why from published.clauses where run_id = '2026-11-16' and clause = 'login-details'"
        ).fetchall()

    assert standing == [
        ("2026-11-02", ["lead", "reading"]),
        ("2026-11-09", ["lead", "login-details", "reading"]),
        ("2026-11-16", ["reading"]),
        ("2026-11-23", ["reading"]),
        ("2026-11-30", ["reading"]),
        ("2026-12-07", ["reading"]),
    ]
    assert "the check “Every official account is on the" in ended
    assert "safe" not in ended


def test_a_week_is_read_in_minutes_and_says_nothing_in_code(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        weeks = copy.execute(
            "select run_id, count(*) filter (where status in ('new', 'changed', 'reopened')), "
            "count(*) filter (where status in ('open', 'not_seen')) from published.exceptions group by run_id"
        ).fetchall()

    assert len(weeks) == 6
    for run_id, new, known in (week for week in weeks if week[0] in PUBLISHED):
        words = visible((context.places.reports(run_id) / "index.html").read_text(), until="gone").split()
        assert len(words) <= 150 * new + 20 * known, run_id
        for page in context.places.reports(run_id).glob("*.html"):
            text = visible(page.read_text())
            assert CODE.findall(text) == [], page.name
            assert {word for word in OWN_WORDS & set(re.findall(r"\w+", text)) if "_" in word} == set(), page.name


def pages_of_counts(shown, folder):
    """Write what readers of counts get of each week: every file of both tiers, the run's own page, and the message."""
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    days = [week.as_of.isoformat() for week in WEEKS]
    with opened(context.places.published, context.key, read_only=True) as copy:
        for day in days:
            for tier in sorted(COUNTS_ONLY):
                write_report(copy, folder / day, run_id=day, tier=tier)
                message = of_run(read_week(copy, run_id=day, tier=tier), SCHOOL, "the report")
                (folder / day / f"{tier}.txt").write_text(f"{message.subject}\n{message.body}")
            if day in PUBLISHED:
                page = context.places.reports(day) / "governors.html"
                (folder / day / "as-it-was-published.html").write_bytes(page.read_bytes())
    return [folder / day for day in days]


def test_no_small_number_is_found_out_from_six_weeks_of_pages_files_and_messages(shown, tmp_path):
    attacker = Attacker()
    attacker.reads(pages_of_counts(shown, tmp_path))

    assert sum(low == 1 and high == 4 for low, high in attacker.bounds.values()) > 50
    # How many policies, registers or accounts of the school's own there are is told: nobody is known by it.
    of_things = ("policy", "register", "account")
    things = {check.id for check in catalogue().values() if {check.subject_kind, check.concerns} & set(of_things)}
    assert {check_id for _, (_, _, check_id, *_), _ in attacker.found_out()} <= things


def test_the_same_attacker_finds_small_numbers_where_the_demo_tells_them(shown, tmp_path, monkeypatch):
    monkeypatch.setattr(read, "shown", exact)
    folders = pages_of_counts(shown, tmp_path)
    for folder in folders:
        (folder / "as-it-was-published.html").unlink(missing_ok=True)
    attacker = Attacker()
    attacker.reads(folders[:2])

    assert len(attacker.found_out()) > 10


def test_the_last_line_says_where_to_look_first(shown):
    out, done = shown
    last = done.stdout.strip().splitlines()[-1]

    assert last.startswith("Look here first; it begins with what to do now.")
    assert last.endswith(str(last_report(out)))
    assert last_report(out).exists()


def test_no_week_costs_more_than_the_school_allows(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        costs = [usd for (usd,) in copy.execute("select cost_usd from published.runs order by as_of").fetchall()]

    assert len(costs) == 6
    assert 0 < max(costs) < context.school.budget.usd_per_run


def test_every_week_has_its_report_until_its_clock_ends_and_its_manifest_fits(shown):
    from dashboards.report.manifest import differences, read_manifest

    out, _ = shown
    assert sorted(path.name for path in (out / SCHOOL / "reports").iterdir()) == PUBLISHED
    for day in PUBLISHED:
        folder = out / SCHOOL / "reports" / day
        assert differences(read_manifest(folder / "manifest.json"), folder) == ()


def test_the_same_week_again_gives_the_same_answer_and_no_duplicates(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        [(rows, distinct)] = copy.execute(
            "select count(*), count(distinct (run_id, fingerprint)) from published.exceptions"
        ).fetchall()

    assert rows == distinct == FOUND


def test_one_missed_and_one_invented_exception_would_be_noticed(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    columns = "run_id, check_id, platform, account_handle, account_id, subject_id, status, first_seen"
    with opened(context.places.published, context.key, read_only=True) as copy:
        found = copy.execute(f"select {columns} from published.exceptions").pl()
    with duckdb.connect() as other:
        other.execute("create schema published")
        other.execute("create table published.exceptions as select * from found")
        assert against_truth(other, WEEKS[2]) == []
        other.execute(
            "update published.exceptions set subject_id = 'another' where run_id = '2026-11-16' "
            "and subject_id = 'ovsDemo0102'"
        )
        difference = against_truth(other, WEEKS[2])

    assert [line.partition(":")[0] for line in difference] == ["missed", "not in the truth file"]
    assert found.height == FOUND


def test_nothing_that_was_said_or_named_holds_a_name_from_a_register(shown):
    out, done = shown
    said = done.stdout + done.stderr + " ".join(str(path) for path in out.rglob("*"))
    kept = registers(WEEKS[2])
    everybody = kept.everyone
    names = {name for one in everybody for name in one.names}

    assert len(done.stderr) > 10_000
    assert len(names) > 1_500
    assert [name for name in names if name in said] == []


def test_no_roll_id_stands_in_a_report_and_of_an_unconfirmed_person_nothing_but_what_the_account_shows(shown):
    out, _ = shown
    entries = {one.person_id: one for week in WEEKS for one in registers(week).everyone}
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        rows = copy.execute(
            "select reason, evidence, confirmed_name, person_id from published.exceptions as e "
            "left join published.matches as m on m.is_best and m.run_id = e.run_id and m.platform = e.platform "
            "and m.actor_id = coalesce(e.evidence ->> '$.actor', e.subject_id)"
        ).fetchall()
    reports = [text_of(path) for path in (out / SCHOOL / "reports").rglob("*") if path.is_file()]
    told = set(re.findall(r"\w+", " ".join([*reports, *(evidence for _, evidence, *_ in rows)])))

    assert len(reports) == len(PUBLISHED) * 9
    assert sum(person is not None for *_, person in rows) > 30
    assert told & entries.keys() == set()
    for reason, evidence, name, person in rows:
        said = [reason, *(value for label, value in json.loads(evidence).items() if label not in ITS_OWN)]
        one = entries.get(person)
        held = (one.given_names, one.known_as, one.surname, one.class_name, one.job_title) if one else ()
        assert name is None
        assert not [word for word in held if word and word in " ".join(said)]


def test_what_a_case_quotes_is_in_no_log_and_not_in_the_casebook(shown):
    out, done = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        quotes = copy.execute(
            "select distinct unnest([evidence ->> '$.quote', evidence ->> '$.excerpt']) as words "
            "from published.exceptions order by words"
        ).fetchall()
    words = [quote for (quote,) in quotes if quote]
    with context.casebook() as book, book.engine.connect() as connection:
        written = "\n".join(map(str, rows_of(connection.connection.driver_connection)))

    assert len(words) > 20
    assert "create table decisions" in written.lower()
    assert "('alembic_version', 1," in written
    assert [quote for quote in words if quote in written or quote in done.stdout + done.stderr] == []


def test_every_request_and_every_answer_of_the_six_weeks_is_in_the_platforms_own_descriptions(shown):
    spoken = {str(week.as_of): openapi.load(week.x_api_version) for week in WEEKS}
    with warehouse_of(shown) as db:
        pages = db.execute(
            "select run_id, source, endpoint, request, body from raw.pages where body is not null and status = 200 "
            "qualify row_number() over (partition by run_id, endpoint order by listing, number) <= 3"
        ).fetchall()

    for run_id, source, endpoint, request, packed in pages:
        asked, body = json.loads(request), json.loads(zlib.decompress(packed))
        if source == "youtube":
            check_request(endpoint, asked)
            check_answer(body)
        else:
            path = endpoint.removeprefix("GET ").replace("{id}", asked.pop("id"))
            openapi.check_request(spoken[run_id], "GET", path, asked)
            openapi.check_response(spoken[run_id], "GET", path, 200, body)
    assert len({endpoint for _, _, endpoint, _, _ in pages}) > 12


def test_the_week_in_which_x_renames_its_fields_costs_one_refused_request_an_account_and_no_other_week_one(shown):
    with warehouse_of(shown) as db:
        refused = db.execute(
            "select run_id, count(*) from raw.requests where source = 'x' and status = 400 group by run_id"
        ).fetchall()

    assert refused == [("2026-11-16", 3)]


@contextmanager
def warehouse_of(shown):
    context = open_context(from_environment({"AUDIT_HOME": str(shown[0])}), SCHOOL, None)
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        yield db


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    answer = audit("demo", "--out", str(tmp_path), "--no-open")

    assert answer.code == 2
    assert "no earlier demo made it" in answer.err
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
