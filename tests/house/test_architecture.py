"""docs/architecture.md and its picture are true of the code."""

import re

import pytest

from tests.house.pages.architecture import ROOT, drawn, rooms

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROOT_MODULES = {"flows": 1, "warehouse": 1}
MOST_IN_A_FOLDER = 25


def test_the_picture_is_what_the_contracts_make_it():
    picture = (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")

    assert picture == drawn(), "Run: python -m tests.house.pages.architecture docs/architecture.svg"


def test_every_place_on_the_page_is_there():
    places = [place for place in re.findall(r"`([a-z_]+/[\w/.-]+|[a-z]+\.naming)`", PAGE) if "." not in place[:4]]
    gone = [place for place in places if not (ROOT / place.replace("engines.naming", "engines/naming")).exists()]

    assert len(places) > 40
    assert gone == []


@pytest.mark.parametrize("floor", ROOT_MODULES)
def test_every_room_has_its_place_in_the_order_and_no_module_stands_at_the_root(floor):
    ordered = {room.strip("()") for line in rooms()[floor] for room in line.split(" | ")}
    there = {path.parent.name for path in (ROOT / floor).glob("*/*.py")}

    assert there == ordered
    assert len(list((ROOT / floor).glob("*.py"))) == ROOT_MODULES[floor]


def test_no_folder_has_more_modules_than_can_be_seen_at_once():
    floors = ("policies", "engines", "connectors", "checks", "warehouse", "dashboards", "flows", "demo")
    folders = {path.parent for floor in floors for path in (ROOT / floor).rglob("*.py")}
    full = {
        str(folder.relative_to(ROOT)): many
        for folder in folders
        if (many := len(list(folder.glob("[!_]*.py")))) > MOST_IN_A_FOLDER
    }

    assert full == {}
