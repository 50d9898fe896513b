"""Four invented schools of one group, each a folder of a few files, all on one simulated X; two of them share a key."""

from dataclasses import replace
from pathlib import Path

from demo.model import World, XCredential
from flows.home.init import make_key
from flows.home.settings import Settings
from tests.demo import federation
from tests.demo.federation import SCHOOLS, WEEK, Sister
from tests.flows.few_checks import ask_few
from warehouse.store.places import Places

SHARED = "bearer-of-the-trust"
DAY = WEEK.as_of.isoformat()
TREES = ("alder", "birch", "damson", "hill-view")
SHARING, BROKEN = ("alder", "birch"), "damson"


def sister(number: int, school_id: str) -> Sister:
    """Return a school of its own name, account and people; the people are called after its number."""
    first, second = SCHOOLS[0].pupils
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
    pupils = ((first[0], f"Quillmere{letters}", first[2]), (second[0], f"Brackenwell{letters}", second[2]))
    return replace(
        SCHOOLS[0],
        id=school_id,
        name=f"The {school_id.title()} School",
        short=school_id.title(),
        account_id=str(9_100_000_000_000_000_000 + number * 10_000),
        handle=f"{school_id}_school".replace("-", "_"),
        stranger=f"Larkfoot{letters}",
        pupils=pupils,
        staff=("Philippa", f"Dunmarrow{letters}"),
    )


def plant(home: Path, settings: Settings) -> tuple[World, tuple[Sister, ...]]:
    """Write the four trees' folders: two of them read with one key, and one has no key at all."""
    world, made = World(), tuple(sister(number, tree) for number, tree in enumerate(TREES, 1))
    world.x.credentials.append(XCredential(None, bearer=SHARED))
    for school in made:
        federation._add(world, school)
        folder = federation._write_home(home / school.id, school)
        ask_few(folder)
        make_key(settings, Places(home, school.id))
        if school.id in SHARING:
            _read_with(folder, f'[x_main]\nbearer = "{SHARED}"\n')
        if school.id == BROKEN:
            (folder / "credentials.toml").write_text("")
    return world, made


def _read_with(folder: Path, credentials: str) -> None:
    (folder / "credentials.toml").write_text(credentials)
    text = (folder / "school.toml").read_text()
    (folder / "school.toml").write_text(
        text.replace('credential = "x_main"', 'credential = "x_main"\nreads = "bearer"')
    )
