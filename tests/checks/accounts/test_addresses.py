"""Addresses on the web and by e-mail are read out of a profile as people write them."""

import duckdb
import pytest

from checks.accounts.school import Address, addresses, host_of, school
from tests.drawn import fill


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("See www.ousterly-vale.example/news.", [("ousterly-vale.example", False)]),
        ("Write to Office@Ousterly-Vale.example", [("ousterly-vale.example", True)]),
        ("https://pe.ousterly-vale.example?x=1", [("pe.ousterly-vale.example", False)]),
        ("(ousterly-vale.example)", [("ousterly-vale.example", False)]),
        ("@OusterlyVale", []),
        ("Concerts. Matches. 7.30pm", []),
        ("", []),
    ],
)
def test_finds_each_address(text: str, hosts: list[tuple[str, bool]]) -> None:
    assert list(addresses(text)) == [Address(host, is_mail=is_mail) for host, is_mail in hosts]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.ousterly-vale.example/welcome", "ousterly-vale.example"),
        ("OUSTERLY-VALE.EXAMPLE:8080/x", "ousterly-vale.example"),
        ("", None),
        ("http://[", None),
    ],
)
def test_gives_the_host_of_a_web_address(address: str, host: str | None) -> None:
    assert host_of(address) == host


def test_folds_the_schools_names(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        school="""
            school_name      | aliases      | town     | website
            Ousterly Vâle    | O.V.; The OV | Ousterly | www.ousterly-vale.example
        """,
    )

    ours = school(db)

    assert ours is not None
    assert ours.names == ("ousterly vale", "ov", "the ov")
    assert (ours.places, ours.host) == (frozenset({"ousterly"}), "ousterly-vale.example")


def test_a_run_that_kept_no_settings_has_no_school(db: duckdb.DuckDBPyConnection) -> None:
    assert school(db) is None
