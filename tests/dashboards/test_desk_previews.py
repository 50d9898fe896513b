"""Who may see the pictures beside a case: those who have to compare them, and nobody else."""

import io
import re
from pathlib import Path

import duckdb
import numpy as np
import pytest
from PIL import Image

from dashboards.desk.casework.previews import may_see
from policies.roles import ROLES
from tests.dashboards.desks import DESK_TABLES, served
from tests.dashboards.desks import ROLES as SERVED_ROLES
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk import refs
from warehouse.casebook.people.desk_people import AccessLog


@pytest.mark.parametrize("concerns", ["picture", "pupil", "comment"])
def test_the_lead_and_the_safeguarding_lead_see_the_pictures_and_no_other_role_does(concerns: str) -> None:
    seeing = {role for role in (*ROLES, "governors", "network_manager", "") if may_see(role, concerns)}

    assert seeing == {"enterprise_and_technology_lead", "dsl"}


def test_the_safeguarding_lead_sees_none_of_a_case_that_is_not_hers_to_read() -> None:
    assert may_see("enterprise_and_technology_lead", "policy")
    assert not may_see("dsl", "policy")


def noise() -> bytes:
    """Return a picture in which every pixel is unlike its neighbours."""
    made = io.BytesIO()
    pixels = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
    Image.fromarray(pixels).save(made, "WEBP", quality=90)
    return made.getvalue()


def with_previews(shows_people: bool | None) -> duckdb.DuckDBPyConnection:
    """Return an ordinary week with a picture beside each case."""
    db = ordinary()
    db.execute(f"create schema desk; {DESK_TABLES}")
    db.execute("insert into desk.pictures values ('p', ?, 'image/webp')", [noise()])
    db.execute(
        "insert into desk.previews (fingerprint, side, part, shows_people, picture, medium_id, boxes) "
        "select fingerprint, 'posted', 0, $1, 'p', 'm', [[0.25, 0.25, 0.75, 0.75]] from published.exceptions",
        [shows_people],
    )
    return db


def with_nearest(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Put the nearest three approved photographs beside the picture of each case about one."""
    db.execute(
        "insert into desk.previews (fingerprint, side, part, picture, medium_id, photograph_id) "
        "select fingerprint, 'approved', 0, 'p', 'm', 'ph-' || near from published.exceptions, range(3) as each (near) "
        "where concerns = 'picture'"
    )
    return db


def test_the_nearest_are_called_so_laid_over_nothing_and_revealed_once_for_the_sitting(tmp_path: Path) -> None:
    with served(with_nearest(with_previews(None)), tmp_path / "desk") as desk:
        lead = desk.signed_in(SERVED_ROLES[0])
        ref, other = refs(lead)[:2]
        shown = lead.get(f"/case/{ref}?pictures=shown").text
        for number in range(4):
            lead.get(f"/case/{ref}/picture/{number}/boxes")
        again, unseen = lead.get(f"/case/{ref}").text, lead.get(f"/case/{other}").text

    assert sorted(re.findall(r"<figcaption>([^<]*)", shown)) == [
        *[f"Nearest approved: ph-{n}" for n in range(3)],
        "Posted",
    ]
    assert "/over" not in shown
    assert "/blurred" not in again
    assert "/blurred" in unseen


def pixels(body: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(body)).convert("RGB"), np.int16)


@pytest.mark.parametrize(("shows_people", "said"), [(True, "people are in them"), (None, "people may be in them")])
def test_pictures_are_blurred_until_asked_for_and_only_then_the_look_is_logged(
    tmp_path: Path, shows_people: bool | None, said: str
) -> None:
    with served(with_previews(shows_people), tmp_path / "desk") as desk:
        lead = desk.signed_in(SERVED_ROLES[0])
        ref = refs(lead)[0]
        page, shown = lead.get(f"/case/{ref}").text, lead.get(f"/case/{ref}?pictures=shown").text
        hidden, log = lead.get(f"/case/{ref}/picture/0/blurred"), AccessLog(desk.desk.book)
        looks = [row.action for row in log.rows()]
        revealed = lead.get(f"/case/{ref}/picture/0/boxes")
        other = lead.get(f"/case/{ref}/picture/0/whole")

        assert f"Show them: {said}" in page
        assert re.findall(r'<img src="[^"]*/([a-z]+)"', page) == ["blurred"]
        assert re.findall(r'<img src="[^"]*/([a-z]+)"', shown) == ["boxes"]
        assert (hidden.headers["cache-control"], revealed.headers["cache-control"]) == ("no-store", "no-store")
        assert "picture" not in looks
        assert [row.action for row in log.rows()].count("picture") == 1
        assert other.status_code == 404
        assert desk.signed_in("dpo").get(f"/case/{ref}/picture/0/blurred").status_code == 403
    coarse, clear = pixels(hidden.content), pixels(revealed.content)
    assert coarse.shape == clear.shape == (480, 640, 3)
    steps = np.abs(np.diff(coarse[:100, :100], axis=1)), np.abs(np.diff(clear[:100, :100], axis=1))
    assert steps[0].mean() < 3  # no detail is left
    assert steps[1].mean() > 30
    assert np.abs(coarse[119:122, 200:440] - coarse[100:103, 200:440]).max() > 100  # but the box is drawn
