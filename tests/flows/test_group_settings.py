"""group.toml: what it gives, that nothing in it is needed, and one sentence for a mistake."""

from decimal import Decimal

import pytest

from flows.home.group_settings import GroupFileError, GroupSettings, read_group


def test_a_home_without_it_has_the_program_s_own_objective_and_no_budget(tmp_path):
    assert read_group(tmp_path) == GroupSettings()
    assert (GroupSettings().objective.share, GroupSettings().objective.by, GroupSettings().usd_per_month) == (
        0.99,
        "08:00",
        None,
    )


def test_an_allowance_is_known_by_how_its_digest_begins(tmp_path):
    said = '[[allowance]]\ndigest = "0123abcd"\nlabel = "ours"\nusd_per_month = "5.00"\n'
    (tmp_path / "group.toml").write_text(said)

    group = read_group(tmp_path)

    assert (group.said_of("0123abcd99990000").label, group.said_of("0123abce00000000").label) == ("ours", None)
    assert group.said_of("0123abcd99990000").usd_per_month == Decimal("5.00")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("usd_per_month = ", "is not TOML"),
        ('usd_per_mnth = "5"', "is it usd_per_month?"),
        ('usd_per_month = "-5"', "usd_per_month"),
        ('[objective]\nby = "8"', "objective, by: must be a time such as 08:00"),
        ('[[allowance]]\ndigest = "key"', "digest: must be 8 to 16 of the digits that costs.csv shows"),
    ],
)
def test_a_mistake_is_said_in_a_sentence_without_the_value(tmp_path, text, says):
    (tmp_path / "group.toml").write_text(text)

    with pytest.raises(GroupFileError) as refused:
        read_group(tmp_path)

    assert says in str(refused.value)
