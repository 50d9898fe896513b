"""`audit ask` and `audit verify` by their own doors, and every command of the Data Protection Officer's page.

It alone proves the commands of docs/for-the-dpo.md word for word, who is logged, and that a refusal is logged too.
"""

import hashlib
import json
import re
import shlex
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from dashboards.ask import AskError
from dashboards.ask.asking import Asker, QuestionDesk
from dashboards.ask.messages import QuestionLimits
from dashboards.ask.process import AskedQuestion
from flows.home.process import os_user
from tests.casebooks import key_of, looked_into, rows_of
from tests.dashboards.test_ask import ATTACKS, DEEP, WITHOUT_END
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import SCHOOL
from warehouse.casebook.verify import wrong_rows

PAGE = (Path(__file__).parents[2] / "docs" / "for-the-dpo.md").read_text(encoding="utf-8")
BLOCK = re.search(r"### The questions that you are asked\n\n```sh\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line for line in (BLOCK[1] if BLOCK else "").splitlines() if line.startswith("audit ")]
WHY = "a test of the door"
# How the abuses begin of which one is asked here: no statement, another database, files, settings, our own tables.
KINDS = ("", "attach", "copy", "export", "install", "set", "select", "insert", "drop")
WRITTEN = frozenset({"query_log", "query_answers", "chain", "sqlite_sequence"})  # tables that a question writes to


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A village that was audited once, for tests that only ask."""
    with audited_village(tmp_path_factory.mktemp("asked") / "home") as here:
        yield here


def log(here, columns="by_user, purpose, rows"):
    with here.context().casebook() as book, book.engine.connect() as connection:
        return connection.exec_driver_sql(f"select {columns} from query_log order by number").all()


def answers(here):
    with here.context().casebook() as book, book.engine.connect() as connection:
        return connection.exec_driver_sql("select outcome, tables_read from query_answers order by number").all()


def test_the_page_has_a_command_and_a_page_for_each_question():
    pages = re.findall(r"`/ask\?named=([a-z-]+)`", PAGE)

    assert len(COMMANDS) == len(pages) == 17
    assert [shlex.split(command)[4] for command in COMMANDS] == pages


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: shlex.split(command)[4])
def test_each_command_of_the_page_is_answered_word_for_word(ran, command):
    words = [SCHOOL if word == "hill-view" else word for word in shlex.split(command)[1:]]

    answer = audit(*words, **ran.environment)

    assert (answer.code, answer.err) == (0, ""), answer.said
    assert re.search(r"\d rows?\)|rows shown", answer.out)


def test_who_asked_is_the_system_s_user_whatever_the_environment_says(ran):
    spoofed = {"LOGNAME": "headteacher", "USER": "headteacher", "USERNAME": "headteacher", **ran.environment}

    assert audit("ask", SCHOOL, "select 1", "--purpose", WHY, **spoofed).code == 0
    assert log(ran)[-1] == (os_user(), WHY, 1)


def test_what_is_refused_is_logged_as_denied_and_the_next_is_answered(ran):
    for attack in (*ATTACKS[1::75], "select * from published.none"):
        answer = audit("ask", SCHOOL, attack, "--purpose", WHY, **ran.environment)
        assert (answer.code, answer.out, answer.err.strip().count("\n")) == (2, "", 0), attack
        assert answers(ran)[-1][0] == "denied"
        assert log(ran, "sql, rows")[-1] == (attack, None)
    assert audit("ask", SCHOOL, "from runs", "--purpose", WHY, **ran.environment).code == 0
    assert answers(ran)[-1] == ("allowed", "published.runs")


def files_of(here):
    """Return the hash of every file of the home but the casebook, whose pages the log is written on."""
    own = here.places.casebook.name
    return {
        str(path.relative_to(here.settings.home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in here.settings.home.rglob("*")
        if path.is_file() and not path.name.startswith(own)
    }


def beside_the_log(here):
    """Return the casebook's rows but those of the log itself and of the chain."""
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        return [row for row in rows_of(book) if row[0] not in WRITTEN]


def put(here, abuses, limits=QuestionLimits()):  # noqa: B008 - it is frozen
    """Ask all of them, two at a time, and return the sentence that each was refused with, None for an answer."""
    context = here.context()

    def asked(sql):
        with context.casebook() as book:
            desk = QuestionDesk(book, context.places.published, context.key, context.now, limits)
            try:
                desk.ask(AskedQuestion(sql), purpose=WHY, asker=Asker("somebody"))
            except AskError as refused:
                return str(refused)

    with ThreadPoolExecutor(2) as two:
        return dict(zip(abuses, two.map(asked, abuses), strict=True))


def came_of(here):
    """Return what the log says came of each question."""
    with here.context().casebook() as book, book.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select sql, outcome, answers.rows, answers.problem from query_log as questions "
            "left join query_answers as answers on answers.question = questions.number"
        ).all()
        return {sql: tuple(rest) for sql, *rest in rows}, wrong_rows(book)


def refused_logged_and_nothing_changed(ran, tmp_path, attacks):
    abuses = list(dict.fromkeys(attack.replace("{0}", str(tmp_path)) for attack in attacks))
    before, rows = files_of(ran), beside_the_log(ran)

    refused = put(ran, abuses)

    assert [sql for sql, why in refused.items() if why is None or "\n" in why or not why.endswith((".", "?"))] == []
    logged, wrong = came_of(ran)
    assert {sql: logged.get(sql) for sql in abuses} == {sql: ("denied", None, why) for sql, why in refused.items()}
    assert wrong == {}
    assert (files_of(ran), beside_the_log(ran)) == (before, rows)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_abuses_of_each_kind_are_refused_and_logged_and_leave_the_home_as_it_was(ran, tmp_path):
    by_beginning = {attack.split(maxsplit=1)[0].casefold() if attack else "": attack for attack in ATTACKS}

    refused_logged_and_nothing_changed(ran, tmp_path, [by_beginning[kind] for kind in KINDS])


@pytest.mark.soak
def test_every_abuse_is_refused_and_logged_and_leaves_the_home_as_it_was(ran, tmp_path):
    refused_logged_and_nothing_changed(ran, tmp_path, ATTACKS)


def bounded_logged_and_nothing_changed(ran, deep, endless):
    abuses = [*deep, *endless]
    before, rows = files_of(ran), beside_the_log(ran)

    refused = put(ran, abuses, QuestionLimits(seconds=2.0))

    logged, wrong = came_of(ran)
    assert {sql: (logged[sql][0], logged[sql][2]) for sql in abuses} == {
        sql: ("denied", why) if why else ("allowed", None) for sql, why in refused.items()
    }
    assert [refused[sql] for sql in endless] == [QuestionLimits(seconds=2.0).too_slow] * len(endless)
    assert wrong == {}
    assert (files_of(ran), beside_the_log(ran)) == (before, rows)


@pytest.mark.slow
def test_what_is_deep_or_has_no_end_is_bounded_and_logged_and_leaves_the_home_as_it_was(ran):
    bounded_logged_and_nothing_changed(ran, [*DEEP.values()][:2], [*WITHOUT_END.values()][:1])


@pytest.mark.soak
def test_all_that_is_deep_or_has_no_end_is_bounded_and_logged_and_leaves_the_home_as_it_was(ran):
    bounded_logged_and_nothing_changed(ran, [*DEEP.values()], [*WITHOUT_END.values()][:2])


def test_the_values_of_a_named_question_stand_in_the_casebook_and_in_no_log(ran):
    answer = audit(
        "--debug", "ask", SCHOOL, "--named", "everything-on-a-handle", "--handle=Quiet_Otter", "--purpose", WHY,
        **ran.environment,
    )  # fmt: skip

    assert answer.code == 0
    assert "Quiet_Otter" not in answer.said
    assert json.loads(log(ran, "parameters")[-1][0]) == {"handle": "Quiet_Otter"}


def test_a_file_is_its_owner_s_alone_and_never_overwritten(ran, tmp_path):
    out = tmp_path / "answer.csv"
    words = ("ask", SCHOOL, "from range(1500)", "--purpose", WHY, "--format", "csv", "--out", str(out))

    told = audit(*words, **ran.environment)
    again = audit(*words, **ran.environment)

    assert "1,500 rows" in told.out
    assert oct(out.stat().st_mode)[-3:] == "600"
    assert out.read_bytes().count(b"\r\n") == 1_501
    assert (again.code, "already" in again.err) == (2, True)


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "parquet"])
def test_a_file_s_ending_says_its_form(ran, tmp_path, ending):
    out = tmp_path / f"answer.{ending}"
    answer = audit("ask", SCHOOL, "select 17 as n", "--purpose", WHY, "--out", str(out), **ran.environment)
    starts = {"csv": b"\xef\xbb\xbfn\r\n17", "json": b'[\n  {"n"', "xlsx": b"PK", "parquet": b"PAR1"}

    assert answer.code == 0
    assert out.read_bytes().startswith(starts[ending])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("select 1", "--purpose", WHY, "--format", "json", "--out", "a.csv"), "--format json and a file that ends"),
        (("select 1", "--purpose", WHY, "--out", "a.docx"), "Say with --format, or by the file's ending"),
        (("--named", "tied-to-a-person", "--person", "004101", "--purpose", "Asked of 4101"), "names whom"),
        (("select 1",), "Say in a few words why"),
        (("select 1", "--purpose", "\u200b \u200b"), "Say in a few words why"),
        (("--purpose", WHY), "Ask with one SELECT"),
        (("--named", "who-was-reprted", "--purpose", WHY), "is it who-was-reported?"),
        (("--named", "tied-to-a-person", "--purpose", WHY), "needs --person"),
        (("--named", "who-was-reported", "--since", "--purpose", WHY), "Give each value after its option"),
        (("select 1", "--purpose", "A letter of Rosalind Thistlewood"), "--purpose names whom it is about"),
        (("select 1", "--purpose", WHY, "--colour", "red"), "a value of its own is for --named alone"),
    ],
)
def test_wrong_use_is_one_sentence_and_nothing_is_asked(ran, words, says):
    before = len(log(ran))

    answer = audit("ask", SCHOOL, *words, **ran.environment)

    assert (answer.code, says in answer.err, answer.err.strip().count("\n")) == (2, True, 0), answer.said
    assert len(log(ran)) == before


def test_a_casebook_in_memory_is_refused(ran):
    answer = audit("ask", SCHOOL, "select 1", "--purpose", WHY, **{**ran.environment, "CASEBOOK_URL": "sqlite://"})

    assert (answer.code, answer.out, "in memory alone" in answer.err) == (2, "", True)


def test_where_the_environment_names_another_casebook_nothing_is_answered_and_nothing_is_handed_over(ran, tmp_path):
    elsewhere = {**ran.environment, "CASEBOOK_URL": f"sqlite:///{tmp_path}/other.sqlite"}
    pack = ("--person", "P1", "--out", str(tmp_path / "p.zip"), "--password-file", "-")
    before = len(log(ran))

    for words in (("ask", SCHOOL, "select 1"), ("snapshot", SCHOOL, "--out", str(tmp_path / "s.duckdb")),
                  ("subject", SCHOOL, *pack)):  # fmt: skip
        (tmp_path / "password.txt").touch(mode=0o600)
        (tmp_path / "password.txt").write_text("a password of many words")
        given = [str(tmp_path / "password.txt") if word == "-" else word for word in words]
        answer = audit(*given, "--purpose", WHY, **elsewhere)
        assert (answer.code, answer.out, "names another casebook" in answer.err) == (2, "", True), answer.said
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} == {"other.sqlite", "password.txt"}
    assert len(log(ran)) == before


@pytest.mark.parametrize("sql", ["select '\udcff'", "select 1\0; attach 'x'"], ids=["half a character", "a zero byte"])
def test_a_question_that_is_no_text_is_refused_and_logged_so_that_it_can_be_read(ran, sql):
    assert "that is none" in put(ran, [sql])[sql]
    assert answers(ran)[-1][0] == "denied"
    assert log(ran, "sql")[-1][0] == sql.replace("\udcff", "\\udcff").replace("\0", "\\x00")


def test_the_list_has_every_question(ran):
    answer = audit("ask", SCHOOL, "--list", **ran.environment)

    assert answer.code == 0
    assert answer.out.count(f"audit ask {SCHOOL} --named ") >= 20


def test_verify_says_that_all_is_well_and_by_number_what_is_not(ran):
    assert audit("ask", SCHOOL, "select 1", "--purpose", WHY, **ran.environment).code == 0
    whole = audit("verify", SCHOOL, **ran.environment)
    with ran.context().casebook() as book, book.engine.begin() as connection:
        connection.exec_driver_sql("update query_log set purpose = 'another' where number = 1")
    broken = audit("verify", SCHOOL, **ran.environment)

    assert (whole.code, whole.err) == (0, "")
    assert (broken.code, "query_log: not what was written, or gone: row 1." in broken.out) == (2, True)
