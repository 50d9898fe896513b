"""An official account that no source reads: every check says that it could not tell, the report and doctor say why."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checks.catalogue import catalogue
from connectors.source import Endpoints
from flows.doctor.doctor import looked_at
from flows.home.claims import WHAT_TO_DO, source_of
from flows.home.context import Context, open_context
from flows.home.init import make_key
from flows.home.settings import Settings
from flows.registers.sources import source_names
from flows.weekly.run import Audited, sequence
from policies.dates import long_date
from policies.school import OfficialAccount
from tests.flows.village import MONDAY, SCHOOL, write_home
from warehouse.store.open import opened
from warehouse.store.places import Places

NOWHERE = Endpoints(*["http://127.0.0.1:9"] * 3)


def nobody(_account: OfficialAccount) -> None:
    return None


def nobody_on_youtube(account: OfficialAccount) -> str | None:
    return None if account.platform == "youtube" else source_of(account)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    home = tmp_path_factory.mktemp("unclaimed")
    write_home(home)
    settings = Settings(home=home, endpoints=NOWHERE, claims=nobody)
    make_key(settings, Places(home, SCHOOL))
    return open_context(settings, SCHOOL, MONDAY)


@pytest.fixture(scope="module")
def audited(context: Context) -> Audited:
    return sequence(context)


def test_the_run_is_not_complete_and_every_check_that_would_read_the_account_could_not_tell(
    context: Context, audited: Audited
) -> None:
    known = catalogue()
    on_platforms = [check for check in audited.outcomes.verdicts if set(known[check].sources) != {"school"}]

    assert not audited.is_complete
    assert [ended.state for ended in audited.pulls] == ["failed", "failed", "complete", "complete"]
    assert len(on_platforms) > 5
    assert {audited.outcomes.verdicts[check] for check in on_platforms} == {"could_not_tell"}
    with opened(context.places.published, context.key, read_only=True) as copy:
        kept = copy.execute("select count(*) from published.sight where is_enough and platform != 'school'").fetchall()
    assert kept == [(0,)]


def test_the_report_says_so_in_a_box_at_its_head(audited: Audited) -> None:
    page = (audited.published.folder / "index.html").read_text(encoding="utf-8")
    boxes = re.findall(r'<section class="notice" aria-label="Warning \d">.*?</section>', page, re.DOTALL)

    for name, box in zip(("X", "YouTube"), boxes, strict=False):
        assert f"{name} was not seen this week." in box
        assert f"No source reads the {name} account " in box
        assert WHAT_TO_DO in box


def test_doctor_says_that_no_source_reads_the_account(context: Context) -> None:
    says = [look.says for look in looked_at(context) if not look.is_ok and "No source reads" in look.says]

    assert len(says) == 2
    assert says[1].startswith("No source reads the YouTube account ")
    assert says[1].endswith("Read the account in a way that the program has, or take it out of school.toml.")


def test_an_account_that_is_taken_out_of_the_settings_is_told_by_doctor_before_the_next_run_and_after(
    context: Context, audited: Audited
) -> None:
    assert audited.published
    kept, gone = context.school.account[:1], context.school.account[1]
    without = replace(context, school=context.school.model_copy(update={"account": kept}))
    says = [look.says for look in looked_at(without) if look.what == f"{gone.platform} @{gone.handle}"]

    assert says == [f"read no more: school.toml does not name it. The run of {long_date(context.as_of)} read it last."]


def test_an_account_that_a_source_reads_is_pulled_beside_one_that_none_does(tmp_path: Path) -> None:
    write_home(tmp_path)
    settings = Settings(home=tmp_path, endpoints=NOWHERE, key="k" * 43)
    context = open_context(settings, SCHOOL, date(2026, 11, 2))
    without = replace(context, settings=replace(settings, claims=nobody_on_youtube))

    assert source_names(context) == ("registers", "x", "youtube", "media")
    assert source_names(without) == ("registers", "x", "media")
    assert [account.platform for account in without.unclaimed] == ["youtube"]
    assert without.accounts("x") == context.school.account[:1]
