"""What to do follows from the evidence of an exception, by what was verified of the guidance of the school's nation."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import get_args

import pytest

from checks.catalogue import catalogue
from dashboards.safe_text import LONGEST_ADVICE
from policies.exceptions import ExceptionFound
from policies.guidance import DEFAULT, UNKNOWN, Advice, AdviceStep, Nation, advise, cited, guidance, titles_in
from policies.roles import ONLY_TOLD, ROLES, call_roles, title_of

STEPS = guidance().step
NATIONS: tuple[Nation, ...] = get_args(Nation)


@pytest.fixture(autouse=True)
def titles() -> Iterator[None]:
    """Call the roles as England does, and as ever afterwards."""
    call_roles(titles_in("england", {}))
    yield
    call_roles({})


def found(check_id: str, concerns: str = "comment", **evidence: str) -> ExceptionFound:
    return ExceptionFound(
        fingerprint="f",
        check_id=check_id,
        platform="x",
        account_id="100",
        subject_id="7",
        subject_kind="comment",
        concerns=concerns,
        reason="So it is.",
        evidence=evidence,
    )


def told(one: ExceptionFound, nation: Nation | None = "england", also: str = "") -> Advice:
    check = catalogue()[one.check_id]
    advice = advise(one, check.next_step, check.do_not, nation, also=also)
    assert advice is not None
    return advice


@pytest.mark.parametrize(
    ("abuse", "first", "holds", "days"),
    [
        (
            "allegation",
            "Tell the headteacher today where somebody who works or helps here is accused;",
            (
                "the chair of governors where it is the headteacher",
                "local authority designated officer (LADO) within one working day",
                "is recorded as a low-level concern",
                "First keep a copy",
                "See Keeping children safe in education 2026, part four.",
            ),
            0,
        ),
        ("lure", "Tell the police today where this may be meant for a child", ("CEOP", "First keep a copy", "999"), 0),
        ("threat", "Tell the headteacher and the police today", ("999", "First keep a copy"), 0),
        ("hate", "Keep a copy", ("whether to refer somebody to Prevent", "Prevent duty guidance 2023"), None),
        ("slur", "Keep a copy", ("hate incident",), None),
    ],
)
def test_the_words_of_a_comment_say_what_to_do(abuse: str, first: str, holds: tuple[str, ...], days: int) -> None:
    advice = told(found("abusive_comment", abuse=abuse))

    assert advice.next_step.startswith(first)
    assert [part for part in holds if part not in advice.next_step] == []
    assert (advice.owner_role, advice.days_to_act) == (None, days)


@pytest.mark.parametrize("abuse", ["abuse", "obscenity", "", "abuse, obscenity"])
def test_other_words_keep_what_the_check_says(abuse: str) -> None:
    assert advise(found("abusive_comment", abuse=abuse), "Read it.", "Do not.", "england") is None
    assert advise(found("abusive_comment"), "Read it.", "Do not.", "england") is None
    assert advise(found("official_words", kind=""), "Read it.", "Do not.", "england") is None


def test_nobody_is_asked_about_an_allegation_and_it_is_never_only_hidden() -> None:
    said = told(found("abusive_comment", abuse="allegation"))

    assert "Do not ask whoever is accused, the writer or a child" in said.do_not
    assert "do not only report and hide it" in said.do_not
    assert said.next_step.index("Tell the headteacher") < said.next_step.index("hide it")


def test_several_kinds_of_words_ask_for_the_gravest_step_and_the_first_sentence_of_the_others() -> None:
    both = told(found("abusive_comment", abuse="threat, allegation"), also="Tell the line manager: of abuse.")

    assert both.next_step.startswith("Tell the headteacher and the police today")
    assert "Tell the headteacher today where somebody who works or helps here is accused;" in both.next_step
    assert "Tell the line manager: of abuse." in both.next_step
    assert both.days_to_act == 0


@pytest.mark.parametrize("check_id", ["following_person", "official_interaction"])
def test_an_official_account_that_touches_a_pupil_is_the_safeguarding_leads_the_same_day(check_id: str) -> None:
    advice = told(found(check_id, "pupil"))

    assert (advice.owner_role, advice.days_to_act) == ("dsl", 0)
    assert advice.next_step.startswith("Tell the headteacher today which official account it was, before")
    assert "Whoever keeps the account does not decide about it." in advice.next_step
    assert "Do not ask whoever did it first" in advice.do_not
    for whom in ("parent", "staff", "governor"):
        assert advise(found(check_id, whom), "Unfollow.", "Do not.", "england") is None


@pytest.mark.parametrize("check_id", ["pupil_named", "contact_details", "withdrawn_picture"])
def test_what_may_be_a_breach_comes_down_first_and_goes_to_the_dpo_with_the_hour(check_id: str) -> None:
    advice = told(found(check_id))

    assert advice.next_step.startswith("Take the post down today")
    assert "before anybody is asked about it" in advice.next_step
    assert "Write down the hour at which it was found and tell the Data Protection Officer" in advice.next_step
    assert "72 hours" in advice.next_step
    assert advice.next_step.endswith("See UK GDPR, article 33.")
    assert advice.days_to_act == 0


def test_nobody_is_asked_to_delete_what_may_be_a_protected_disclosure() -> None:
    advice = told(found("personal_account_comment", "staff"))

    assert "delete" not in advice.next_step
    assert "Do not ask anybody to delete" in advice.do_not
    assert "disclose a wrong, or be a union's business" in advice.next_step
    assert advice.next_step.endswith("See Employment Rights Act 1996, section 43B.")


@pytest.mark.parametrize("check_id", ["pupil_follower", "pupil_comment", "underage_follower"])
def test_a_parent_is_told_once_the_safeguarding_lead_has_said_which(check_id: str) -> None:
    check = catalogue()[check_id]

    assert "which parent may be told" in check.next_step
    assert "tell the parents" not in check.next_step


def test_a_stale_register_is_the_data_offices_task() -> None:
    assert catalogue()["register_fresh"].owner_role == "data_office"


@pytest.mark.parametrize(
    ("nation", "holds", "lacks"),
    [
        ("wales", ("lead officer for safeguarding", "Wales Safeguarding Procedures, section 5"), ("LADO", "low-level")),
        ("scotland", ("education authority", "National guidance for child protection in Scotland"), ("LADO",)),
        ("northern_ireland", ("Tell the principal today", "circular 2017/04", "Board of Governors"), ("LADO",)),
    ],
)
def test_another_nation_has_its_own_bodies_and_sources(
    nation: Nation, holds: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    call_roles(titles_in(nation, {}))
    said = told(found("abusive_comment", abuse="allegation"), nation).next_step

    assert [part for part in holds if part not in said] == []
    assert [part for part in (*lacks, "Keeping children safe") if part in said] == []


@pytest.mark.parametrize(
    ("nation", "own", "title"),
    [
        (None, {}, "Designated Safeguarding Lead"),
        ("england", {}, "Designated Safeguarding Lead"),
        ("wales", {}, "Designated Safeguarding Person"),
        ("northern_ireland", {}, "Designated Teacher for Child Protection"),
        ("wales", {"dsl": "Head of Safeguarding"}, "Head of Safeguarding"),
    ],
)
def test_a_role_is_called_as_the_school_calls_it_or_else_the_nation(
    nation: Nation | None, own: dict[str, str], title: str
) -> None:
    call_roles(titles_in(nation, own))

    assert title_of("dsl") == title
    assert f"The {title} looks after" in told(found("abusive_comment", abuse="lure"), nation).next_step
    assert title_of("dpo") == "Data Protection Officer"


def test_a_school_that_does_not_say_its_nation_is_told_whose_advice_it_reads() -> None:
    said = {nation: told(found("abusive_comment", abuse="allegation"), nation) for nation in (None, DEFAULT)}
    breach = told(found("pupil_named"), None)

    assert said[None].next_step == f"{said[DEFAULT].next_step} {UNKNOWN}"
    assert UNKNOWN not in breach.next_step  # it rests on the same law everywhere


def test_only_what_was_verified_is_cited() -> None:
    unverified = [point for point in guidance().point if not point.verified]
    everything = " ".join(sentence for step in STEPS for nation in NATIONS for sentence in cited(step, nation))

    assert {point.source for point in unverified} == {"working_together", "union"}
    for point in unverified:
        assert guidance().source[point.source].title not in everything


@pytest.mark.parametrize("nation", [None, *NATIONS])
def test_every_step_can_be_read_whole_in_every_nation(nation: Nation | None) -> None:
    call_roles(titles_in(nation, {}))
    of_comments = [step for step in STEPS if step.checks == ("abusive_comment",)]

    for steps in [*((step,) for step in STEPS), *combinations(of_comments, 2)]:
        for check_id in steps[0].checks:
            said = told(example(check_id, steps), nation)
            assert len(said.next_step) <= LONGEST_ADVICE, (check_id, len(said.next_step))
            assert not {"{", "}"} & set(said.next_step + said.do_not)
            assert cited(steps[0], nation) or steps[0].topics[-1] in {"hate", "danger"}


def example(check_id: str, steps: Sequence[AdviceStep]) -> ExceptionFound:
    evidence = {label: ", ".join(step.only.evidence[label][0] for step in steps) for label in steps[0].only.evidence}
    return found(check_id, next(iter(steps[0].only.concerns), "comment"), **evidence)


def test_steps_ask_for_checks_labels_and_roles_that_there_are() -> None:
    checks = catalogue()
    for step in STEPS:
        for check_id in step.checks:
            values = {evidence.label: evidence.values for evidence in checks[check_id].evidence}
            assert all(set(asked) <= set(values[label]) for label, asked in step.only.evidence.items()), check_id
        assert step.owner_role is None or step.owner_role in ROLES.keys() - ONLY_TOLD
    assert {role for nation in NATIONS for role in guidance().titles[nation]} <= ROLES.keys()
    assert not {name for nation in NATIONS for name in guidance().phrases[nation]} & ROLES.keys()
