"""`make check NAME` shows a check or a view of a home: its SQL, its rows and the verdict, and changes nothing."""

import sys

import pytest

from tests.flows.audited import audited_village
from tests.flows.village import PUPIL, SCHOOL
from tests.show import main
from warehouse.store.open import opened


def test_a_check_and_a_view_are_shown_and_the_warehouse_is_as_it_was(tmp_path, monkeypatch, capsys):
    def shown(name: str) -> str:
        monkeypatch.setattr(sys, "argv", ["show", name, "--home", str(here.settings.home), "--school", SCHOOL])
        main()
        return capsys.readouterr().out

    def tables() -> list[tuple[object, ...]]:
        with opened(here.places.warehouse, here.context().key) as db:
            return db.execute("select table_name, estimated_size from duckdb_tables() order by 1").fetchall()

    with audited_village(tmp_path / "home") as here:
        before = tables()
        check, view = shown("pupil_follower"), shown("core.followers")
        with pytest.raises(SystemExit, match=r"There is no check and no view pupil_folower\. Checks: .*pupil_follower"):
            shown("pupil_folower")

        assert tables() == before
    assert ("core.followers" in check, PUPIL in check) == (True, True)
    assert "exceptions: 1 found; " in check
    assert ("select" in view, PUPIL in view) == (True, True)
