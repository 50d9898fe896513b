"""The desk over real HTTP: who may do what, what is written down, and what no other site and no second can do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import update

from dashboards.desk.casework.cases import Case
from dashboards.desk.pages.routes import EVERY_ROLE, PAGES
from dashboards.desk.pages.runs import STARTS
from policies.roles import CLEARS
from tests.dashboards.copies import EDITION, RUN, add, copy, evidence
from tests.dashboards.desks import NOON, ROLES, Served, field_of, published, served
from tests.dashboards.ordinary import ordinary
from warehouse.casebook.decisions import Decision
from warehouse.casebook.people.desk_tables import PEOPLE

LEAD, DSL, DPO = ROLES[:3]
HOSTILE = "<script>alert(1)</script>\u202e\"'><img src=x onerror=alert(2)>"
MEANWHILE = "this case was answered or written about, by you or by somebody else"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def fresh(tmp_path) -> Iterator[Served]:
    with served(ordinary(), tmp_path / "desk") as desk:
        yield desk


def refs(client: httpx.Client, **query: str) -> list[str]:
    page = client.get("/cases", params=query).text
    return [part.split('"', 1)[0] for part in page.split('href="/case/')[1:]]


def form(client: httpx.Client, ref: str) -> dict[str, str]:
    page = client.get(f"/case/{ref}").text
    if f'action="/case/{ref}/mark"' not in page:  # somebody else has it open: sent all the same
        return {"csrf": field_of(page, "csrf"), "sequence": "0", "decided": "", "edition": EDITION}
    mark = page[page.index(f'action="/case/{ref}/mark"') :]
    return {name: field_of(mark, name) for name in ("csrf", "sequence", "decided", "edition")}


def of_pupil(client: httpx.Client) -> str:
    """Return a case that names a pupil when it is confirmed."""
    return refs(client, check="pupil_follower")[0]


@pytest.mark.parametrize("who", [*ROLES, "nobody"])
def test_every_address_is_for_the_roles_that_its_row_names_and_for_nobody_else(here: Served, who: str) -> None:
    client = here.browser() if who == "nobody" else here.signed_in(who)
    ref = refs(here.signed_in(LEAD))[0]
    for page in PAGES:
        path = page.path.replace("{ref}", ref).replace("{token}", "none").replace("{number:int}", "0")
        path = path.replace("{register}", "pupils").replace("{step}", "school").replace("{photograph_id}", "none")
        answer = client.request(page.method, path.replace("{way}", "boxes"))
        if page.roles is None or page.path == "/sign-out":
            assert answer.status_code in {200, 303, 403}, page
        elif who == "nobody":
            asked = quote(path.replace("{way}", "boxes"), safe="")
            back = "" if page.method == "POST" or page.path == "/" else f"?next={asked}"
            assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in{back}"), page
        elif who not in page.roles:
            assert (answer.status_code, "not for your role" in answer.text) == (403, True), page
        else:  # a form without its token is refused, and a picture that there is not is not found
            refused = 413 if page.most_file else 403
            assert answer.status_code in {200, 404} if page.method == "GET" else answer.status_code == refused, page


def test_an_address_that_no_row_names_is_nobody_s(here: Served) -> None:
    assert here.signed_in(LEAD).get("/published.duckdb").status_code == 404
    assert {role for page in PAGES if page.roles for role in page.roles} == EVERY_ROLE == frozenset(ROLES)
    writes = {page for page in PAGES if page.roles and page.method == "POST"}
    assert {page.path.split("/")[1] for page in writes if not page.roles <= CLEARS} == {
        "account",
        "ask",
        "attest",
        "case",  # a challenge of it, which the DPO answers too
        "requests",
        "runs",
        "setup",  # of which the policy's step goes on afterwards, for the DPO too
        "task",
    }
    assert {page.roles for page in writes if page.path.startswith("/runs/")} == {STARTS}


@pytest.mark.parametrize(
    ("headers", "fields", "code"),
    [
        ({}, {"csrf": "0" * 64}, 403),
        ({"origin": "https://elsewhere.example"}, {}, 403),
        ({"sec-fetch-site": "cross-site"}, {}, 403),
        ({"host": "elsewhere.example"}, {}, 421),
        ({}, {"note": "x" * 70_000}, 413),
    ],
    ids=["a token that is not ours", "another origin", "another site", "another host", "too large"],
)
def test_a_form_that_is_not_the_desk_s_own_writes_nothing(here: Served, headers, fields, code) -> None:
    client = here.signed_in(LEAD)
    ref = refs(client)[0]

    answer = client.post(f"/case/{ref}/mark", data={**form(client, ref), "choice": "1", **fields}, headers=headers)

    assert answer.status_code == code
    assert here.desk.decisions.by_case() == {}
    assert here.desk.book.decisions.standing() == {}


def test_another_person_s_token_is_no_token(fresh: Served) -> None:
    mine, hers = fresh.signed_in(LEAD), fresh.signed_in(DSL)
    ref = of_pupil(hers)

    answer = mine.post(f"/case/{ref}/mark", data={**form(hers, ref), "choice": "3"})

    assert (answer.status_code, fresh.desk.decisions.by_case()) == (403, {})


def test_a_decision_is_one_press_leads_to_the_next_case_and_can_be_taken_back(fresh: Served) -> None:
    client = fresh.signed_in(LEAD)
    ref = of_pupil(client)
    answer = client.post(f"/case/{ref}/mark", data={**form(client, ref), "choice": "4"})

    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"?marked={ref}")
    [(fingerprint, decision)] = fresh.desk.book.decisions.standing().items()
    assert (fingerprint.startswith(ref), decision.verdict, str(decision.until)) == (True, "mistaken", "2027-08-31")
    after = client.get(answer.headers["location"]).text
    assert (
        "Mistaken, says the Enterprise and Technology Lead, on Mon 16 Nov 2026; set aside from the next run on."
        in after
    )
    assert ref not in refs(client)

    undone = {"csrf": field_of(after, "csrf"), "sequence": "1", "edition": EDITION}
    assert client.post(f"/case/{ref}/undo", data=undone).status_code == 303
    assert fresh.desk.book.decisions.standing() == {}
    assert ref in refs(client)


def test_whoever_decides_on_what_is_not_there_any_more_is_told(fresh: Served) -> None:
    client = fresh.signed_in(LEAD)
    ref = of_pupil(client)
    old = form(client, ref)
    client.post(f"/case/{ref}/mark", data={**old, "choice": "3"})

    answer = client.post(f"/case/{ref}/mark", data={**old, "choice": "5"})

    assert answer.status_code == 409
    assert MEANWHILE in answer.text
    second = fresh.signed_in("second")
    theirs = {**form(second, ref), "sequence": old["sequence"], "choice": "5"}
    told = second.post(f"/case/{ref}/mark", data=theirs)
    assert (told.status_code, MEANWHILE in told.text) == (409, True)
    assert [mark.answer for mark, *_ in fresh.desk.decisions.by_case().values() if mark] == ["mistaken"]


def test_an_old_form_blames_nobody_and_claims_no_answer_that_does_not_stand(fresh: Served) -> None:
    client = fresh.signed_in(LEAD)
    ref = of_pupil(client)
    client.post(f"/case/{ref}/mark", data={**form(client, ref), "choice": "3"})
    after = client.get(f"/case/{ref}").text
    csrf = field_of(after, "csrf")
    client.post(f"/case/{ref}/undo", data={"csrf": csrf, "sequence": "1", "edition": EDITION})
    client.post(f"/case/{ref}/say", data={"csrf": csrf, "note": "Asked the tutor."})

    for sequence in ("0", "1", "2"):  # before the answer, after it, and after it was taken back in another window
        answer = client.post(f"/case/{ref}/mark", data={**form(client, ref), "sequence": sequence, "choice": "5"})
        told = ["You have answered" in answer.text, "Somebody else decided" in answer.text, MEANWHILE in answer.text]
        assert (sequence, answer.status_code, told) == (sequence, 409, [False, False, True])


def test_of_two_who_decide_at_once_one_does(fresh: Served) -> None:
    clients = [fresh.signed_in(name) for name in (LEAD, "second", LEAD, "second")]
    ref = of_pupil(clients[0])
    forms = [form(client, ref) for client in clients]

    def press(number: int) -> int:
        return clients[number].post(f"/case/{ref}/mark", data={**forms[number], "choice": "3"}).status_code

    with ThreadPoolExecutor(4) as threads:
        codes = sorted(threads.map(press, range(4)))

    assert codes == [303, 409, 409, 409]
    assert len(fresh.desk.decisions.of(next(iter(fresh.desk.book.decisions.standing())))) == 1


def test_nobody_is_named_before_a_second_person_says_so(fresh: Served) -> None:
    lead, dsl = fresh.signed_in(LEAD), fresh.signed_in(DSL)
    ref = of_pupil(lead)
    lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "1"})
    assert fresh.desk.book.decisions.standing() == {}
    again = lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "1"})
    assert (again.status_code, "Somebody else must say so too" in again.text) == (409, True)
    assert ref in refs(dsl)

    dsl.post(f"/case/{ref}/mark", data={**form(dsl, ref), "choice": "2"})

    [decision] = fresh.desk.book.decisions.standing().values()
    assert (decision.verdict, decision.by_role) == ("confirmed", "dsl")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Choose one of the answers."),
        ({"choice": "9"}, "Choose one of the answers."),
        ({"kind": "mistaken", "note": " \u200b "}, "Say what the decision rests on; name no child."),
        ({"kind": "allowed", "note": "Agreed."}, "Say until which day it is allowed."),
        ({"kind": "allowed", "note": "Agreed.", "until": "31/12/2026"}, "Write the day as in 2026-12-31."),
        ({"kind": "allowed", "note": "Agreed.", "until": "2026-11-01"}, "The day is in the past. Choose one to come."),
        (
            {"kind": "assigned", "note": "Yours.", "to_role": "parents"},
            "Choose a role that may have the case and can sign in at the desk.",
        ),
        ({"kind": "deleted", "note": "Away."}, "Choose one of the answers."),
    ],
)
def test_what_cannot_be_written_down_is_said_in_a_sentence(here: Served, fields, says) -> None:
    client = here.signed_in(LEAD)
    ref = of_pupil(client)

    answer = client.post(f"/case/{ref}/mark", data={**form(client, ref), **fields})

    assert (answer.status_code, says in answer.text) == (409, True), answer.text
    assert here.desk.decisions.by_case() == {}


def test_a_proposal_that_nobody_could_second_is_refused(fresh: Served) -> None:
    for name in (DSL, "second"):
        fresh.people.deactivate(name, NOON)
    lead = fresh.signed_in(LEAD)
    ref = of_pupil(lead)

    answer = lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "1"})

    assert (answer.status_code, "Naming somebody takes two people" in answer.text) == (409, True)
    assert fresh.desk.decisions.by_case() == {}


@pytest.mark.parametrize("kind", ["confirmed", "mistaken", "allowed", "done"])
def test_what_was_answered_before_a_run_and_is_open_after_it_waits_again(fresh: Served, kind) -> None:
    row = next(row for row in fresh.desk.week("lead").exceptions if row.is_open)
    mark = Decision(row.fingerprint, 1, "2026-11-09", kind, 1, "dsl", "So it was.", NOON)

    assert not Case(row, mark, 1, "2026-11-09").is_waiting
    assert Case(row, mark, 1, RUN).is_waiting
    assert Case(row, mark, 1, RUN).state == ""


def test_what_belongs_to_a_role_without_a_desk_waits_for_the_lead(fresh: Served) -> None:
    row = replace(next(row for row in fresh.desk.week("lead").exceptions if row.is_open), owner_role="headteacher")

    assert Case(row, None, 0, RUN).is_for(LEAD, 1)
    assert not Case(row, None, 0, RUN).is_for(DSL, 2)


def test_an_address_that_there_is_not_leads_back_and_an_odd_origin_is_refused(here: Served) -> None:
    nowhere = here.browser().get("/sign-in/")
    odd = here.browser().post("/sign-in", headers={"origin": "http://[odd"})

    assert (nowhere.status_code, "There is no such page at the desk." in nowhere.text) == (404, True)
    assert nowhere.headers["x-frame-options"] == "DENY"
    assert odd.status_code == 403


def test_a_case_can_be_given_to_another_role(fresh: Served) -> None:
    lead, dsl = fresh.signed_in(LEAD), fresh.signed_in(DSL)
    ref = of_pupil(lead)
    fields = {"kind": "assigned", "note": "She knows the family.", "to_role": "dsl"}
    lead.post(f"/case/{ref}/mark", data={**form(lead, ref), **fields})

    assert ref in refs(lead, owner="dsl")
    assert f'href="/case/{ref}"' in dsl.get("/").text
    assert f'href="/case/{ref}"' not in lead.get("/").text


def test_who_looked_at_which_case_is_written_down_for_the_dpo(fresh: Served) -> None:
    lead, dpo = fresh.signed_in(LEAD), fresh.signed_in(DPO)
    ref = of_pupil(lead)
    lead.get(f"/case/{ref}")

    page = dpo.get("/log").text

    assert f"<code>{ref}</code>" in page
    assert "Every row is as it was written." in page
    assert lead.get("/log").status_code == 403


def test_a_page_is_kept_by_no_browser_and_runs_nothing_of_anybody_s(here: Served) -> None:
    answer = here.signed_in(LEAD).get("/")

    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


def test_what_a_stranger_calls_himself_is_shown_and_never_run(tmp_path) -> None:
    db = copy()
    shown = evidence(HOSTILE, HOSTILE, "9", quote=HOSTILE)
    add(db, "exceptions", fingerprint="ab" * 32, concerns="pupil", reason=HOSTILE, evidence=shown, subject_kind="actor")
    with served(db, tmp_path / "desk") as desk:
        client = desk.signed_in(LEAD)
        for path in ("/", "/cases", f"/cases?q={HOSTILE}&show={HOSTILE}&sort={HOSTILE}", f"/case/{'ab' * 8}"):
            page = client.get(path).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "\u202e" not in page


def test_a_case_that_was_read_before_a_run_is_not_answered_after_it(fresh: Served) -> None:
    client = fresh.signed_in(LEAD)
    ref = of_pupil(client)
    read = form(client, ref)

    answer = client.post(f"/case/{ref}/mark", data={**read, "edition": "2026-11-09 1", "choice": "5"})

    assert (answer.status_code, "A run has published meanwhile" in answer.text) == (409, True)
    assert fresh.desk.decisions.by_case() == {}


def test_a_person_with_an_account_of_the_school_s_provider_may_second(fresh: Served) -> None:
    with fresh.desk.book.engine.begin() as connection:
        others = update(PEOPLE).where(PEOPLE.c.sign_in_name != LEAD)
        connection.execute(others.values(password_hash=None, provider_subject=PEOPLE.c.sign_in_name))
    lead = fresh.signed_in(LEAD)
    ref = of_pupil(lead)

    answer = lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "1"})

    assert (answer.status_code, [mark.answer for mark, *_ in fresh.desk.decisions.by_case().values()]) == (
        303,
        ["proposed"],
    )


def test_whoever_has_proposed_cannot_take_the_case_from_the_second_person(fresh: Served) -> None:
    lead, dsl = fresh.signed_in(LEAD), fresh.signed_in(DSL)
    ref = of_pupil(lead)
    read = form(lead, ref)
    lead.post(f"/case/{ref}/mark", data={**read, "choice": "1"})
    hers = form(dsl, ref)
    lead.post(f"/case/{ref}/take-over", data=read)

    assert dsl.post(f"/case/{ref}/mark", data={**hers, "choice": "1"}).status_code == 303
    assert [decision.verdict for decision in fresh.desk.book.decisions.standing().values()] == ["confirmed"]


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "punycode"])
def test_a_form_in_another_encoding_is_refused_in_a_sentence(here: Served, charset: str) -> None:
    headers = {"content-type": f"application/x-www-form-urlencoded; charset={charset}"}
    answer = here.browser().post("/sign-in", content=b"csrf=%5Cud800", headers=headers)

    assert (answer.status_code, "not in UTF-8" in answer.text) == (400, True)
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_form_that_is_no_form_is_refused_behind_the_same_headers(here: Served) -> None:
    answer = here.browser().post("/sign-in", content=b"x", headers={"content-type": "multipart/form-data"})

    assert (answer.status_code, "none of ours" in answer.text) == (400, True)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_run_that_publishes_meanwhile_is_seen_at_once_and_no_decision_is_lost(fresh: Served) -> None:
    client = fresh.signed_in(LEAD)
    ref = of_pupil(client)
    client.post(f"/case/{ref}/mark", data={**form(client, ref), "choice": "3"})
    db = copy()
    add(db, "exceptions", fingerprint="cd" * 32, concerns="post", reason="A post that is new.")

    published(db, fresh.desk.published)

    assert "A post that is new." in client.get("/cases").text
    assert client.get(f"/case/{ref}").headers["location"] == "/cases?gone=yes"
    assert len(fresh.desk.book.decisions.standing()) == 1
    assert fresh.desk.week("lead").run.run_id == RUN


@pytest.mark.parametrize("choice", ["3", "4"])
def test_a_run_that_is_begun_again_on_its_day_has_looked_again(fresh: Served, choice: str) -> None:
    client = fresh.signed_in(LEAD)
    ref = of_pupil(client)
    before = form(client, ref)
    client.post(f"/case/{ref}/mark", data={**before, "choice": choice})
    assert ref not in refs(client)
    db = ordinary()
    db.execute("update published.runs set finished_at = '2026-11-16 14:00:00+00' where run_id = ?", [RUN])
    db.execute("update published.exceptions set decisions_read = 1 where starts_with(fingerprint, ?)", [ref])

    published(db, fresh.desk.published)
    stale = client.post(f"/case/{ref}/mark", data={**before, "sequence": "1", "choice": choice})

    assert ref in refs(client)  # the run knew what was said, and found it all the same
    assert (stale.status_code, "A run has published meanwhile" in stale.text) == (409, True)
    client.post(f"/case/{ref}/mark", data={**form(client, ref), "choice": choice})
    assert ref not in refs(client)
    assert "look at now" not in client.get(f"/case/{ref}").text


@pytest.mark.parametrize("kind", ["confirmed", "mistaken", "allowed", "done"])
@pytest.mark.parametrize(("now", "waits"), [('{"picture": "a1"}', False), ('{"picture": "b2"}', True)])
def test_what_was_answered_of_something_else_than_the_report_shows_answers_nothing(
    fresh: Served, kind, now: str, waits: bool
) -> None:
    row = replace(next(row for row in fresh.desk.week("lead").exceptions if row.is_open), about=now, decisions_read=0)
    mark = Decision(row.fingerprint, 1, RUN, kind, 1, "dsl", "So it was.", NOON, about='{"picture": "a1"}')

    assert Case(row, mark, 1, RUN).is_waiting == waits


@pytest.mark.parametrize("read", [0, 1], ids=["while the run was judging", "before the run read what was decided"])
def test_what_was_answered_on_the_report_before_counts_where_the_run_had_not_read_it(fresh: Served, read: int) -> None:
    row = replace(next(row for row in fresh.desk.week("lead").exceptions if row.is_open), decisions_read=read)
    mark = Decision(row.fingerprint, 1, "2026-11-09", "done", 1, "dsl", "Blocked it.", NOON)

    case = Case(row, mark, 1, RUN)

    assert (case.is_answered, bool(case.state)) == (read == 0, read == 0)
