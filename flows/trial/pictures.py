"""`audit pictures`: a folder compared with a folder; and `audit pictures check`: what may go up."""

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.progress import track

from engines.pictures.album import Album, ScannedPicture, open_album, scan_picture
from engines.pictures.decoding import Opener
from engines.pictures.verdicts.approvals import CHANNELS, Approval
from engines.pictures.verdicts.channel_verdicts import Day, PostingPermission, permission_to_post
from flows.home.arguments import School
from flows.home.context import open_context, open_school
from flows.home.exit_codes import DONE, OPEN
from flows.home.key_files import names_key
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, from_environment
from flows.home.terminal import say
from flows.pictures.photo_files import kept_features
from flows.registers.register_files import register_of_photographs
from flows.registers.registers import changed_masters

COLUMNS = (
    "posted_file",
    "approved_file",
    "verdict",
    "distance",
    "inliers",
    "agreement",
    "quality",
    "transform",
    "new_area",
    "people",
)


def pictures(
    _context: typer.Context,
    *,
    approved: Annotated[Path | None, typer.Option(help="The folder of approved pictures.")] = None,
    posted: Annotated[Path | None, typer.Option(help="The folder of posted pictures.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the matches go, as CSV.")] = None,
    people: Annotated[bool, typer.Option("--people/--no-people", help="Look whether people are shown.")] = True,
) -> None:
    """Compare a folder of posted pictures with a folder of approved ones; no warehouse, no network."""
    if approved is None or posted is None or out is None:
        raise ConfigurationError("Name --approved, --posted and --out; or: audit pictures check SCHOOL FILE.")
    compare(approved, posted, out, people=people)


def compare(approved: Path, posted: Path, out: Path, *, people: bool = True) -> int:
    """Compare each file of one folder with each file of another, write a row for each match; return how many files."""
    names = files_in(posted)
    for folder, files in ((approved, files_in(approved)), (posted, names)):
        if not files:
            raise ConfigurationError(f"There is no picture in {folder}; name a folder that holds some.")
    if out.is_dir() or not out.parent.is_dir():
        raise ConfigurationError(f"The rows cannot be written to {out}; name a file in a folder that is there.")
    with Opener() as opener, out.open("w", newline="", encoding="utf-8") as sink:
        album = _album(approved, opener, people=people)
        writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for name in track(names, "Looking", disable=not sys.stderr.isatty(), transient=True):
            looked = scan_picture((posted / name).read_bytes(), album.register, opener, people=people)
            writer.writerows(rows_of(name, looked))
            for part in looked.parts:
                if part.verdict == "unreadable":
                    say(f"The posted file {name} cannot be judged. {part.why}")
    say(f"{len(names)} pictures compared with {len(album.register)} approved ones: {out}.")
    return len(names)


def rows_of(name: str, looked: ScannedPicture) -> list[dict[str, object]]:
    """Return the rows for one posted file: one for each part that was matched, or one that says that none was."""
    return [
        {
            "posted_file": name,
            "approved_file": part.master_id or "",
            "verdict": part.verdict,
            "distance": "" if part.distance is None else part.distance,
            "inliers": part.inliers,
            "agreement": f"{part.agreement:.3f}",
            "quality": part.quality,
            "transform": ";".join(part.transform),
            "new_area": ";".join(",".join(str(value) for value in box) for box in part.new_area),
            "people": looked.faces.people,
        }
        for part in looked.parts
    ]


def check_for(
    school_id: School,
    files: Annotated[list[Path], typer.Argument(help="Pictures that are to be posted.")],
    *,
    channel: Annotated[str | None, typer.Option(help="x, youtube or website.")] = None,
) -> int:
    """Check pictures before posting: whether each may go up, on which channel, and if not why."""
    if channel is not None and channel not in CHANNELS:
        raise ConfigurationError(f"--channel knows no {channel!r}. Choose one of: {', '.join(CHANNELS)}.")
    settings = from_environment()
    places, school, _ = open_school(settings, school_id)
    if "photographs" not in school.registers:
        raise ConfigurationError("school.toml names no photographs register, so nothing is approved. Add it.")
    today = settings.clock().astimezone(ZoneInfo(school.school.timezone)).date()
    pepper = names_key(places.folder, find_key(settings, places))
    register = register_of_photographs(places.registers, school, today, pepper=pepper)
    is_read = places.warehouse.exists()
    changed = changed_masters(open_context(settings, school_id, None)) if is_read else []
    names = {file.photograph_id for file in changed}
    approvals = approvals_by_file(
        [(row.file_name, Approval.of(asdict(row), is_changed=row.photograph_id in names)) for row in register.rows]
    )
    day = Day(today, register.pupils)
    kept = kept_features(settings, places)
    answers = check(files, places.photographs, approvals, day, people=school.pictures.people, kept=kept)
    is_allowed = [
        channel in permission.channels if channel else bool(permission.channels) for permission in answers.values()
    ]
    return DONE if all(is_allowed) else OPEN


def check(
    files: Sequence[Path],
    photographs: Path,
    approvals: Mapping[str, Sequence[Approval]],
    day: Day,
    *,
    people: bool,
    kept: Mapping[str, bytes] | None = None,
) -> dict[Path, PostingPermission]:
    """Say of each file on which channels it may go up; `approvals` are by the master's file name in `photographs`.

    `kept` are features of masters from an earlier run, by the SHA-256 of their files.
    """
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise ConfigurationError(f"There is no file {missing[0]}; name a picture that is on this computer.")
    answers: dict[Path, PostingPermission] = {}
    with Opener() as opener:
        album = _album(photographs, opener, sorted(approvals), people=people, kept=kept)
        for path in files:
            looked = scan_picture(path.read_bytes(), album.register, opener, people=people)
            answers[path] = permission_to_post(looked.parts, approvals, day)
            say_answer(path.name, answers[path])
    return answers


def approvals_by_file(rows: Sequence[tuple[str | None, Approval]]) -> dict[str, list[Approval]]:
    """Return the approvals of a photographs register by the file that each names."""
    by_file: dict[str, list[Approval]] = defaultdict(list)
    for name, approval in rows:
        if name:
            by_file[name].append(approval)
    return dict(by_file)


def say_answer(name: str, answer: PostingPermission) -> None:
    """Print where a picture may go up, and where not and why."""
    if answer.channels:
        say(f"{name}: may go up on {' and '.join(CHANNELS[channel] for channel in answer.channels)}.")
    by_reason: dict[str, list[str]] = defaultdict(list)
    for channel, reason in answer.refused.items():
        by_reason[reason].append(CHANNELS[channel])
    for reason, channels in by_reason.items():
        say(f"{name}: not on {' or '.join(channels)}. {reason}")


def files_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder and those below it, in order, hidden ones left out."""
    if not folder.is_dir():
        raise ConfigurationError(f"There is no folder {folder}; name one that holds pictures.")
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def _album(
    folder: Path,
    opener: Opener,
    names: Sequence[str] | None = None,
    *,
    people: bool,
    kept: Mapping[str, bytes] | None = None,
) -> Album:
    wanted = files_in(folder) if names is None else [name for name in names if (folder / name).is_file()]
    read = track(wanted, "Reading the approved", disable=not sys.stderr.isatty(), transient=True)
    album = open_album(read, lambda name: (folder / name).read_bytes(), opener, people=people, kept=kept)
    for name, why in album.unreadable.items():
        say(f"The approved file {name} approves nothing. {why}")
    return album
