"""What the desk tells of a case: the account, who else it may be, what an answer settles, and who has it open."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import duckdb
import pytest

from dashboards.desk.casework.caseload import cases
from dashboards.desk.casework.open_cases import OPEN_FOR
from flows.notify.message import waiting
from tests.casebooks import decide
from tests.dashboards.copies import EDITION, RUN, add, copy, evidence
from tests.dashboards.desks import NOON, ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk import DPO, DSL, HOSTILE, LEAD, form, of_pupil, refs
from warehouse.casebook.decisions import Decision

HEAD = "headteacher"
REASONS = ("The public name is the full name of one pupil on roll.", "The profile names a place elsewhere.")
BETTER = "One parent explains the account as well or better."


def shown(**profile: object) -> duckdb.DuckDBPyConnection:
    """Return a copy with one case about an account, its profile, and three ways to explain it."""
    db = copy()
    add(db, "exceptions", fingerprint="ab" * 32, evidence=evidence("@mia_h", "Mia H", "700001"), subject_id="700001")
    usual = {"handle": "mia_h", "display_name": "Mia H", "link": "https://x.com/i/user/700001", "seen_on": RUN}
    add(db, "actors", platform="x", actor_id="700001", **(usual | profile))
    match = {"platform": "x", "actor_id": "700001"}
    against = json.dumps([REASONS[1]])
    pupil = {"person_id": "P1", "role": "pupil", "band": "possible", "probability": 0.6, "reasons": json.dumps(REASONS)}
    add(db, "matches", **match, **pupil, is_best=True, against=against)
    for person in ("PC1", "PC2"):
        parent = {"person_id": person, "role": "parent", "band": "possible", "probability": 0.1}
        add(db, "matches", **match, **parent, is_best=False, reasons=json.dumps([BETTER]), against=json.dumps([BETTER]))
    add(db, "followers", platform="x", account_id="900100", actor_id="700001", first_seen="2026-11-09", last_seen=RUN)
    return db


@pytest.fixture(scope="module")
def carded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shown(bio=HOSTILE, followers_count=1204), tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def fresh(tmp_path) -> Iterator[Served]:
    with served(ordinary(), tmp_path / "desk") as desk:
        yield desk


def test_a_case_shows_what_the_account_shows_and_says_what_is_not_known(carded: Served) -> None:
    page = carded.signed_in(LEAD).get(f"/case/{'ab' * 8}").text

    assert "Check whether this account is a pupil&#39;s" in page
    assert "1,204" in page
    assert "not shown by the platform" in page  # how many it follows
    assert "known since the run of Mon 9 Nov 2026" in page
    assert ">Open it</a>" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("is_seen", [True, False])
def test_what_this_run_did_not_find_says_at_the_desk_as_in_the_report_when_it_was_found_last(
    tmp_path, *, is_seen: bool
) -> None:
    db = shown()
    db.execute("update published.exceptions set is_seen_this_run = ?, last_seen = '2026-11-02'", [is_seen])
    with served(db, tmp_path / "desk") as desk:
        pages = [desk.signed_in(LEAD).get(path).text for path in (f"/case/{'ab' * 8}", "/report")]

    assert ["Last seen Mon 2 Nov 2026" in page for page in pages] == [not is_seen] * 2
    assert ("As the run of that day found it." in pages[0]) is not is_seen


def test_only_what_waits_still_is_late_on_any_page_of_the_desk(tmp_path) -> None:
    db, due = copy(), {"due_on": "2026-11-09", "owner_role": LEAD}
    marks = ("aa" * 32, "bb" * 32, "cc" * 32)
    for mark, said in zip(marks, ({}, {}, {"decision": "allowed", "decided_until": "2027-01-31"}), strict=True):
        add(db, "exceptions", fingerprint=mark, subject_id=mark[:6], status="open", **due, **said)
    with served(db, tmp_path / "desk") as desk:
        decide(desk.desk.book, marks[1], "done", by_role=LEAD, note="Dealt with.", at=NOON, run_id=RUN, sequence=1)
        lead = desk.signed_in(LEAD)
        shown = [
            lead.get("/cases?show=all").text.partition(f"/case/{mark[:16]}")[2].partition("</li>")[0] for mark in marks
        ]
        shown += [lead.get(f"/case/{mark[:16]}").text for mark in marks]
        report = [lead.get("/report").text.split(f'id="case-{mark[:16]}"')[1].split("</li>")[0] for mark in marks[:2]]

    assert ["7 days late" in page for page in shown] == [True, False, False] * 2
    assert [("7 days late" in line, "was due on Mon 9 Nov 2026" in line) for line in report] == [
        (True, False),
        (False, True),
    ]
    assert ["was due on Mon 9 Nov 2026" in page for page in shown] == [False, True, True] * 2


def test_every_explanation_stands_with_what_speaks_for_it_and_against_and_none_names_anybody(carded: Served) -> None:
    page = carded.signed_in(DSL).get(f"/case/{'ab' * 8}").text
    whose = page[page.index('id="whose"') : page.index('class="rests"')]

    told = ("A pupil on roll</b>: about 6 in 10", "One of 2 parents</b>: about 1 in 5", "Somebody on none of the reg")
    assert [whose.index(who) for who in told] == sorted(whose.index(who) for who in told)
    assert f"For</b> {REASONS[0]}" in whose
    assert f"Against</b> {REASONS[1]}" in whose
    assert f"Against</b> {BETTER}" in whose
    assert [word for word in ("P1", "PC1", "PC2") if word in whose] == []


def test_the_dpo_reads_the_case_without_what_strangers_write_of_themselves(carded: Served) -> None:
    page = carded.signed_in(DPO).get(f"/case/{'ab' * 8}").text

    assert "An account that may belong to a pupil in Year 4" in page
    assert [word for word in ("1,204", 'id="whose"', "Open it", "alert") if word in page] == []


def linked() -> duckdb.DuckDBPyConnection:
    """Return a copy with four cases of one account: two are about one person, one about two, one was not found."""
    db = copy()
    for number, (links, found) in enumerate((([1], True), ([1], True), ([1, 2], True), ([1], False))):
        print_ = f"{number}a" * 32
        add(db, "exceptions", fingerprint=print_, account_id=f"90010{number}", evidence=evidence("@a", "A", "700001"))
        for link in links:
            add(db, "links", fingerprint=print_, is_found=found, link=link)
    return db


def test_an_answer_says_first_what_it_settles_and_those_cases_leave_the_list_with_it(tmp_path) -> None:
    with served(linked(), tmp_path / "desk") as desk:
        client = desk.signed_in(LEAD)
        first, second = "0a" * 8, "1a" * 8
        page = client.get(f"/case/{first}").text
        settles = page[page.index('class="settles"') : page.index('class="choices"')]
        assert "settles 1 further case" in settles
        assert [ref for ref in refs(client) if f'href="/case/{ref}"' in settles] == [second]

        answer = client.post(f"/case/{first}/mark", data={**form(client, first), "choice": "3"})

        assert sorted(refs(client)) == ["2a" * 8, "3a" * 8]
        assert answer.headers["location"].startswith("/case/2a")
        told = client.get(f"/case/{second}").text
        assert "Answered with case 0a0a0a0a." in told
        nothing = client.post(f"/case/{second}/undo", data=form(client, second))
        assert (nothing.status_code, "cannot be taken back" in nothing.text) == (409, True)
        client.post(f"/case/{first}/undo", data=form(client, first))
        assert len(refs(client)) == 4


@pytest.mark.parametrize(("person", "left"), [("P1", ["2a", "3a"]), ("P2", ["0a", "1a", "2a", "3a"])])
def test_a_mistake_about_somebody_else_than_the_case_names_now_settles_none_beside_it(tmp_path, person, left) -> None:
    db = linked()
    db.execute("update published.exceptions set about = ? where starts_with(fingerprint, '0a')", ['{"person": "P1"}'])
    with served(db, tmp_path / "desk") as desk:
        about = f'{{"person": "{person}"}}'
        desk.desk.decisions.add(Decision("0a" * 32, 1, RUN, "mistaken", 1, LEAD, "Another.", NOON, about=about))

        assert sorted(refs(desk.signed_in(LEAD))) == [ref * 8 for ref in left]


def test_confirming_settles_nothing_else(tmp_path) -> None:
    with served(linked(), tmp_path / "desk") as desk:
        one, two = desk.signed_in(LEAD), desk.signed_in(DSL)
        ref = "0a" * 8
        one.post(f"/case/{ref}/mark", data={**form(one, ref), "choice": "1"})
        two.post(f"/case/{ref}/mark", data={**form(two, ref), "choice": "1"})

        assert len(desk.desk.book.decisions.standing()) == 1
        assert len(refs(two)) == 3


def test_whoever_opens_a_case_second_reads_who_has_it_and_decides_only_once_it_is_taken_over(fresh: Served) -> None:
    dsl, lead = fresh.signed_in(DSL), fresh.signed_in(LEAD)
    ref = of_pupil(dsl)
    dsl.get(f"/case/{ref}")

    told = lead.get(f"/case/{ref}").text
    refused = lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "3"})

    assert "Lead has had this case open since 12:00. You may read it; to answer it, take it over." in told
    assert (refused.status_code, "has had this case open since 12:00." in refused.text) == (409, True)
    assert fresh.desk.decisions.by_case() == {}
    lead.post(f"/case/{ref}/take-over", data=form(lead, ref))
    assert lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "3"}).status_code == 303
    assert "take over" in fresh.signed_in(DPO).get("/log").text


@pytest.mark.parametrize("left", ["time", "home", "another case", "an answer"])
def test_a_case_is_open_no_longer_after_a_while_and_once_its_reader_leaves(fresh: Served, left: str) -> None:
    dsl, lead = fresh.signed_in(DSL), fresh.signed_in(LEAD)
    ref, other = refs(dsl)[:2]
    given = form(dsl, ref)
    if left == "time":
        fresh.desk.clock = lambda: NOON + OPEN_FOR
    elif left == "home":
        dsl.get("/")
    elif left == "another case":
        dsl.get(f"/case/{other}")
    else:
        dsl.post(f"/case/{ref}/mark", data={**given, "choice": "5"})

    assert "has had this case open" not in lead.get(f"/case/{ref}").text


def test_the_order_leaves_out_what_somebody_else_has_open_and_comes_back_to_it_at_the_end(fresh: Served) -> None:
    lead, second = fresh.signed_in(LEAD), fresh.signed_in("second")
    first = lead.get("/").text.split('class="button" href="/case/', 1)[1][:16]
    second.get(f"/case/{first}")
    order, ref = [], lead.get("/").text.split('class="button" href="/case/', 1)[1][:16]
    while ref not in order and ref:
        order.append(ref)
        after = lead.get(f"/case/{ref}").text.split('class="onward"><a href="', 1)[1].split('"', 1)[0]
        ref = after.removeprefix("/case/") if after.startswith("/case/") else ""

    assert order[0] != first
    assert order[-1] == first
    assert len(set(order)) == len(order)


def test_the_place_counts_up_and_what_is_left_is_true(fresh: Served) -> None:
    lead = fresh.signed_in(LEAD)
    ref = lead.get("/").text.split('class="button" href="/case/', 1)[1][:16]
    total = lead.get("/").text.split('class="summary">', 1)[1].split(" ", 1)[0]
    places = []
    while ref:
        page = lead.get(f"/case/{ref}").text
        places.append(page.split("Case ", 1)[1].split(" ·", 1)[0])
        answer = lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "5"}).headers["location"]
        ref = answer[6:22] if answer.startswith("/case/") else ""

    assert [place.split(" for you")[0] for place in places] == [f"{n} of {total}" for n in range(1, int(total) + 1)]
    assert places[-1].endswith("the last one")
    assert places[0].endswith(f"{int(total) - 1} more wait after it")


def test_what_is_decided_elsewhere_meanwhile_is_seen_at_once_and_never_overwritten_unread(fresh: Served) -> None:
    lead = fresh.signed_in(LEAD)
    ref = of_pupil(lead)
    read_before = form(lead, ref)
    [print_] = [row.fingerprint for row in fresh.desk.week("lead").exceptions if row.fingerprint.startswith(ref)]
    until = date(2027, 8, 31)
    decide(fresh.desk.book, print_, "mistaken", until=until, by_role="dsl", note="A namesake.", at=NOON, run_id=RUN)

    page = lead.get(f"/case/{ref}").text
    refused = lead.post(f"/case/{ref}/mark", data={**read_before, "choice": "5"})

    assert (
        "Mistaken, says the Designated Safeguarding Lead (role claimed, not signed in), on Mon 16 Nov 2026; "
        "set aside from the next run on." in page
    )
    assert ref not in refs(lead)
    assert (refused.status_code, "this case was answered or written about" in refused.text) == (409, True)
    known = form(lead, ref)
    fresh.desk.clock = lambda: NOON + timedelta(minutes=1)
    assert lead.post(f"/case/{ref}/mark", data={**known, "kind": "allowed", "note": "So", "until": "2026-12-31"})
    assert fresh.desk.book.decisions.standing()[print_].verdict == "allowed"
    lead.post(f"/case/{ref}/undo", data=form(lead, ref))
    again = fresh.desk.book.decisions.standing()[print_]
    assert (again.verdict, again.until) == ("mistaken", until)


def of_head(desk: Served) -> str:
    """Return the case that the headteacher owns."""
    return next(row.fingerprint for row in desk.desk.week("lead").exceptions if row.owner_role == HEAD and row.is_open)


def test_a_role_that_reads_no_cases_sees_its_tasks_in_the_check_s_words_alone_and_says_done(fresh: Served) -> None:
    head, lead = fresh.signed_in(HEAD), fresh.signed_in(LEAD)
    print_ = of_head(fresh)
    page = head.get("/").text

    assert "Have a word with the member of staff about the bio" in page
    assert "may belong to a teacher" not in page
    task = page[page.index(f"/task/{print_[:16]}/answer") :]
    fields = {"csrf": field_of(task, "csrf"), "sequence": "0", "edition": EDITION, "kind": "done"}
    assert head.post(f"/task/{print_[:16]}/answer", data=fields).status_code == 303
    assert "/task/" not in head.get("/").text
    assert "Dealt with, says the Headteacher" in lead.get(f"/case/{print_[:16]}").text


def test_a_task_is_given_back_to_the_lead_with_a_reason_and_the_lead_may_take_one_over(fresh: Served) -> None:
    head, lead = fresh.signed_in(HEAD), fresh.signed_in(LEAD)
    ref = of_head(fresh)[:16]
    csrf = field_of(head.get("/").text, "csrf")
    path = f"/task/{ref}/answer"

    assert (
        head.post(
            path, data={"csrf": csrf, "sequence": "0", "edition": EDITION, "kind": "back", "note": " "}
        ).status_code
        == 409
    )
    assert (
        head.post(
            path, data={"csrf": csrf, "sequence": "0", "edition": EDITION, "kind": "back", "note": "Not mine."}
        ).status_code
        == 303
    )
    assert f'href="/case/{ref}"' in lead.get("/").text
    assert "Not mine." in lead.get(f"/case/{ref}").text
    lead.post(f"/case/{ref}/undo", data=form(lead, ref))
    assert "make it yours" in lead.get(f"/case/{ref}").text
    taken = {**form(lead, ref), "kind": "assigned", "to_role": LEAD, "note": "Taken over."}
    assert lead.post(f"/case/{ref}/mark", data=taken).status_code == 303
    assert f'href="/case/{ref}"' in lead.get("/").text


@pytest.mark.parametrize("who", [HEAD, "it_technician", DPO])
def test_nobody_answers_another_role_s_task(fresh: Served, who: str) -> None:
    client = fresh.signed_in(who)
    mine = next(row.fingerprint for row in fresh.desk.week("lead").exceptions if row.owner_role == LEAD and row.is_open)
    fields = {"csrf": field_of(client.get("/").text, "csrf"), "sequence": "0", "edition": EDITION, "kind": "done"}

    answer = client.post(f"/task/{mine[:16]}/answer", data=fields)

    assert (answer.status_code, "This task is not yours any more." in answer.text) == (409, True)
    assert fresh.desk.decisions.by_case() == {}


def test_a_task_of_a_role_of_which_nobody_can_sign_in_waits_for_the_lead(fresh: Served) -> None:
    [case] = [case for case in cases(fresh.desk, "lead") if case.owner_role == HEAD and case.is_waiting]
    assert not case.is_for(LEAD, 0)
    fresh.people.deactivate(HEAD, NOON)

    [case] = [case for case in cases(fresh.desk, "lead") if case.owner_role == HEAD and case.is_waiting]
    assert case.is_for(LEAD, 0)


@pytest.mark.parametrize(
    ("role", "is_given"), [(DPO, True), (HEAD, False), ("it_technician", False), ("chair_of_governors", False)]
)
def test_a_case_about_a_pupil_goes_to_a_role_that_may_read_it_and_to_no_other(fresh: Served, role, is_given) -> None:
    lead = fresh.signed_in(LEAD)
    ref = of_pupil(lead)
    fields = {**form(lead, ref), "kind": "assigned", "note": "For you.", "to_role": role}

    assert lead.post(f"/case/{ref}/mark", data=fields).status_code == (303 if is_given else 409)
    marks = [mark for mark, *_ in fresh.desk.decisions.by_case().values() if isinstance(mark, Decision)]
    assert [mark.to_role for mark in marks] == ([role] if is_given else [])


@pytest.mark.parametrize("role", [one for one in ROLES if one not in {LEAD, DSL, DPO}])
def test_a_reader_of_counts_reads_the_clauses_what_was_not_seen_and_whether_to_act(fresh: Served, role: str) -> None:
    page = fresh.signed_in(role).get("/").text

    assert "By clause of the policy" in page
    assert "<li>Comments on videos are held for review.</li>" in page.partition("Nobody could tell whether")[2]
    assert ("audit doctor ousterly-vale" in page) is (role == "it_technician")
    assert [name for name in ("mia_h", "Hartwell", "tomasz", "Balogun") if name in page] == []


@pytest.mark.parametrize("role", [LEAD, DSL, HEAD])
def test_the_monday_message_has_the_figures_of_the_desk_s_first_page_and_no_name(fresh: Served, role: str) -> None:
    said = waiting(fresh.desk, role)
    page = fresh.signed_in(role).get("/").text

    if role == HEAD:
        assert said == "1 task waits for you at the desk."
        assert "1 task waits for you." in page
    elif role == LEAD:
        assert "minute" not in said + page.split('class="summary">', 1)[1].split("</h1>", 1)[0]  # nothing was measured
        for told in said.partition(";")[0].split(", ")[:-1]:
            assert f"</b> {told.partition(' to ')[0]}".lower() in unescape(page).lower(), told
    else:
        assert said.startswith("Nothing waits for you")
        assert "Nothing waits for you." in page
    assert [name for name in ("mia_h", "Hartwell", "tomasz", "Balogun") if name in said] == []


def test_a_case_of_an_unapproved_picture_leads_to_where_it_is_approved(tmp_path) -> None:
    db = copy()
    for check, fingerprint in (("unapproved_picture", "ab" * 32), ("pupil_follower", "cd" * 32)):
        add(db, "exceptions", check_id=check, fingerprint=fingerprint, evidence=evidence("@mia_h", "Mia H", "700001"))
    with served(db, tmp_path / "desk", has_school=True) as desk:
        lead = desk.signed_in(LEAD)
        pages = {name: lead.get(f"/case/{name * 8}").text for name in ("ab", "cd")}
        there = lead.get("/photographs")

    assert {name: "Approve this picture" in page for name, page in pages.items()} == {"ab": True, "cd": False}
    assert '<a href="/photographs">' in pages["ab"]
    assert there.status_code == 200


@pytest.mark.parametrize(
    ("kind", "evidence_of", "leads_to"),
    [
        ("post", {"link": "https://x.com/i/status/9000000000000000777"}, "Open it"),
        ("comment", {"link": "https://www.youtube.com/watch?v=a&lc=b"}, "Open it"),
        ("actor", {"newest": "https://x.com/i/status/9000000000000000777"}, "Open the newest that it posted"),
        ("post", {"link": "https://x.com.elsewhere.example/i/status/1"}, ""),
        ("post", {"link": "javascript:alert(1)"}, ""),
    ],
)
def test_a_case_leads_to_what_it_is_about_where_that_stands_at_a_platform(
    tmp_path, kind, evidence_of, leads_to
) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="ab" * 32, concerns="post", subject_kind=kind, evidence=evidence_of)
    with served(db, tmp_path / "desk") as desk:
        page = desk.signed_in(LEAD).get(f"/case/{'ab' * 8}").text

    links = re.findall(
        r'<a href="([^"]*)" target="_blank" rel="noreferrer noopener nofollow" data-key="o">([^<]*)', page
    )
    assert links == ([(next(iter(evidence_of.values())).replace("&", "&amp;"), leads_to)] if leads_to else [])
    assert "First seen" in page


def test_what_the_program_itself_says_is_cut_nowhere_at_the_desk(tmp_path) -> None:
    says = "A sentence of some length about what was found, and since which day of which week. " * 4
    db, case = copy(), {"concerns": "post", "subject_kind": "post", "status": "open", "due_on": RUN}
    add(db, "exceptions", fingerprint="9d" * 32, reason=says, clause_says=says, **case)
    with served(db, tmp_path / "desk") as desk:
        pages = [desk.signed_in(LEAD).get(path).text for path in ("/", "/cases", f"/case/{'9d' * 8}")]
        pages.append(desk.signed_in(HEAD).get("/").text)

    assert ["more characters" in page for page in pages] == [False] * 4
    assert [page.count(says.strip()) > 0 for page in pages[1:]] == [True] * 3
