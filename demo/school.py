"""Writes the invented school's folder: settings, invented credentials, registers and approved photographs."""

import os
from importlib import resources
from pathlib import Path

from demo import album, register_files
from demo.cast import CHANNEL_ID, MAIN_ID, PE_ID, TRIPS_ID
from demo.register_files import FILES
from demo.weekly_world import CREDENTIALS
from demo.weeks import SHORT, WEEKS, DemoWeek

SCHOOL_ID = "ousterly-vale"
SETTINGS = f"""\
# An invented school. Everything here is made up, and nothing in this file is secret.

[school]
id = "{SCHOOL_ID}"
name = "Ousterly Vale School"
aliases = ["Ousterly Vale", "OVS", "Ousterly Vale High"]
town = "Ousterly"
website = "https://ousterly-vale.example"
timezone = "Europe/London"
pack = "policy.toml"
policy_source = "policy.md"

[[account]]
platform = "x"
account_id = "{MAIN_ID}"
handle = "@OusterlyVale"
reads = "owned"
credential = "x_main"

[[account]]
platform = "x"
account_id = "{PE_ID}"
handle = "@OusterlyPE"
reads = "bearer"
credential = "x_pe"

# Only parents on the register may follow this one: it is protected.
[[account]]
platform = "x"
account_id = "{TRIPS_ID}"
handle = "@OusterlyTrips"
reads = "owned"
credential = "x_trips"

[[account]]
platform = "youtube"
account_id = "{CHANNEL_ID}"
handle = "@OusterlyValeSchool"
credential = "youtube"

# The first run reads the PE account whole at the high app-only price; later runs cost less.
[budget]
usd_per_run = "8.00"

[registers]
"""


def write_home(home: Path) -> Path:
    """Write the school's folder as of week 1 under `home`, and return it."""
    folder = home / SCHOOL_ID
    folder.mkdir(parents=True, exist_ok=True)
    registers = "".join(f'{register} = "{name}"\n' for register, name in FILES.items())
    (folder / "school.toml").write_text(SETTINGS + registers, encoding="utf-8")
    for name in ("policy.toml", "policy.md"):
        text = resources.files("demo").joinpath("policy", name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    _write_credentials(folder / "credentials.toml")
    write_registers(folder, WEEKS[0])
    return folder


def write_registers(folder: Path, week: DemoWeek) -> None:
    """Write registers/ and photographs/ of the school's folder as they stood in this week.

    Files are dated the evening before, as an export made on Sunday would be, but for two that people keep by hand.
    """
    registers, photographs = folder / "registers", folder / "photographs"
    registers.mkdir(exist_ok=True)
    photographs.mkdir(exist_ok=True)
    register_files.write_sheets(registers, week)
    for master in album.approved_photographs(week):
        path = photographs / f"{master.photograph_id}.jpg"
        if master.scene == album.POSITIONED or not path.exists():
            path.write_bytes(album.file_of(master, week))
        if master.scene == album.MISNAMED and week.number >= SHORT:
            path.rename(path.with_suffix(".jpeg"))
    for register, name in FILES.items():
        saved = register_files.saved_at(register, week).timestamp()
        os.utime(registers / name, (saved, saved))


def _write_credentials(path: Path) -> None:
    lines = [
        f"[{name}]\n" + "".join(f'{key} = "{value}"\n' for key, value in parts.items())
        for name, parts in CREDENTIALS.items()
    ]
    # Opened with its mode, so that no other user can read the file at any moment.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    path.chmod(0o600)
