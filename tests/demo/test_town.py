"""The town: real servers on loopback that turn from week to week."""

from datetime import timedelta
from pathlib import Path

import requests

from demo.school.cast import MAIN_ID
from demo.town import WEEKS, Town, write_home, write_registers


def test_a_town_opens_in_week_one_and_turns_to_the_next() -> None:
    with Town() as town:
        first = set(town.servers.world.x.followers[MAIN_ID])
        town.turn_to(WEEKS[1])
        second = set(town.servers.world.x.followers[MAIN_ID])
        late = town.servers.now() - WEEKS[1].looked_at

    assert first - second
    assert second - first
    assert timedelta(0) <= late < timedelta(minutes=1)


def test_the_clock_stands_at_six_in_london_and_ticks() -> None:
    with Town() as town:
        town.turn_to(WEEKS[2])
        earlier = town.clock()
        later = town.clock()

    assert earlier.isoformat().startswith("2026-11-16T06:00:0")
    assert earlier <= later


def test_pictures_come_over_http(tmp_path: Path) -> None:
    with Town() as town:
        folder = write_home(tmp_path)
        write_registers(folder, WEEKS[1])
        address = next(medium.url for medium in town.servers.world.x.media.values())
        answer = requests.get(f"{town.servers.media_url}/{address.removeprefix('https://')}?name=orig", timeout=5)

    assert answer.status_code == 200
    assert answer.content[:2] == b"\xff\xd8"
    assert (folder / "photographs" / "ph-061.jpg").is_file()
