"""group.toml: what it gives, that nothing in it is needed, and one sentence for a mistake."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from flows.home.group_settings import GroupFileError, GroupSettings, read_group
from flows.home.settings import Settings, from_environment
from flows.prefect.deploying import automations
from tests.house.test_house import ROOT


def test_a_home_without_it_has_the_program_s_own_objective_and_no_budget(tmp_path):
    assert read_group(Settings(tmp_path)) == GroupSettings()
    assert (GroupSettings().objective.share, GroupSettings().objective.by, GroupSettings().usd_per_month) == (
        0.99,
        "08:00",
        None,
    )


def test_an_allowance_is_known_by_how_its_digest_begins(tmp_path):
    said = '[[allowance]]\ndigest = "0123abcd"\nlabel = "ours"\nusd_per_month = "5.00"\n'
    (tmp_path / "group.toml").write_text(said)

    group = read_group(Settings(tmp_path))

    assert (group.said_of("0123abcd99990000").label, group.said_of("0123abce00000000").label) == ("ours", None)
    assert group.said_of("0123abcd99990000").usd_per_month == Decimal("5.00")


def test_a_run_is_dead_after_six_minutes_of_silence_or_as_is_said_and_a_second_time_after_three_times_as_long(tmp_path):
    def waits():
        silent = timedelta(seconds=read_group(Settings(tmp_path)).silent_after_seconds)
        return {each.name: each.trigger.within.total_seconds() for each in automations(silent)}

    by_itself = waits()
    (tmp_path / "group.toml").write_text("silent_after_seconds = 90\n")

    begun = {"audit: a run was taken and not begun": 300, "audit: a run was taken and never begun": 900}
    assert by_itself == {"audit: a run fell silent": 360, "audit: a run stayed silent": 1_080} | begun
    assert waits() == {"audit: a run fell silent": 90, "audit: a run stayed silent": 270} | begun


def test_a_run_that_tells_every_half_minute_and_asks_an_absent_server_again_is_not_taken_for_dead():
    said = (ROOT / "deploy" / "prefect.env").read_text()
    [beat], [tries] = (re.findall(rf"{name}=(\d+)", said) for name in ("HEARTBEAT_FREQUENCY", "CLIENT_MAX_RETRIES"))
    asks = sum(2**number for number in range(1, int(tries) + 1))  # Prefect's client waits twice as long each time

    page = (ROOT / "docs" / "scale.md").read_text()
    [(there, least)] = re.findall(r"^silent_after_seconds = (\d+) .*; (\d+) or more$", page, re.MULTILINE)
    assert GroupSettings().silent_after_seconds == int(there) > asks + 2 * int(beat)
    assert int(least) == 3 * int(beat)


def test_of_a_home_in_an_object_store_it_is_the_file_that_is_named_which_must_be_there(tmp_path):
    named = tmp_path / "group.toml"
    stored = {"AUDIT_HOME": "s3://bucket/county", "AUDIT_SCRATCH": str(tmp_path / "scratch"), "AUDIT_GROUP": str(named)}
    settings = from_environment(stored | {"AWS_REGION": "eu-west-2"}, may_be_stored=True)

    with pytest.raises(GroupFileError, match="cannot be read"):
        read_group(settings)
    named.write_text('usd_per_month = "5.00"\n')

    assert read_group(replace(settings, home=tmp_path / "worked-in")).usd_per_month == Decimal(5)

    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "group.toml").write_text('usd_per_month = "1.00"\n')
    local = from_environment({"AUDIT_HOME": str(tmp_path / "home"), "AUDIT_GROUP": str(named)})
    assert read_group(local).usd_per_month == Decimal(1)


def test_of_a_home_in_an_object_store_none_is_read_where_none_is_named_lest_a_run_know_another_than_the_report(
    tmp_path,
):
    (tmp_path / "group.toml").write_text('usd_per_month = "5.00"\n')
    stored = {"AUDIT_HOME": "s3://bucket/county", "AUDIT_SCRATCH": str(tmp_path), "AWS_REGION": "eu-west-2"}
    settings = from_environment(stored, may_be_stored=True)

    assert read_group(settings) == read_group(replace(settings, home=tmp_path / "worked-in")) == GroupSettings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("usd_per_month = ", "is not TOML"),
        ('usd_per_mnth = "5"', "is it usd_per_month?"),
        ('usd_per_month = "-5"', "usd_per_month"),
        ("silent_after_seconds = 89", "silent_after_seconds: must be greater than or equal to 90"),
        ('[objective]\nby = "8"', "objective, by: must be a time such as 08:00"),
        ('[[allowance]]\ndigest = "key"', "digest: must be 8 to 16 of the digits that costs.csv shows"),
    ],
)
def test_a_mistake_is_said_in_a_sentence_without_the_value(tmp_path, text, says):
    (tmp_path / "group.toml").write_text(text)

    with pytest.raises(GroupFileError) as refused:
        read_group(Settings(tmp_path))

    assert says in str(refused.value)
