"""A photograph whose approval has ended, as the photographs register tells it, and what of that is one child's own."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from connectors.records import Photograph
from dashboards.letters.letter import Cause, Thing
from engines.pictures.decoding import Opener, UnreadablePicture
from engines.pictures.verdicts.approvals import CHANNELS, ENDING, Approval, Kind, Pupils, obstacle, written_roll_ids
from engines.roll_ids import fold_roll_id
from flows.home.settings import ConfigurationError
from flows.pictures.masters import VIDEOS, master_files


def photograph_in(register: Sequence[Photograph], photograph_id: str) -> Photograph:
    """Return this photograph's row; ConfigurationError when the register has none."""
    for photograph in register:
        if photograph.photograph_id == photograph_id:
            return photograph
    raise ConfigurationError(f"The photographs register has no photograph {photograph_id!r}. Copy the id from it.")


def pupil_in(photograph: Photograph, roll_id: str | None) -> str:
    """Return the roll id of the pupil whom a letter is about; ConfigurationError, in roll ids, when that is open."""
    pupil_ids = written_roll_ids(_approval(photograph))
    name = photograph.photograph_id
    if not pupil_ids:
        message = f"The photographs register names no pupil in photograph {name}. Write the roll ids into it first."
        raise ConfigurationError(message)
    if roll_id is None and len(pupil_ids) > 1:
        raise ConfigurationError(f"Say with --pupil whose family the letter is for: {', '.join(pupil_ids)}.")
    if roll_id is None:
        return pupil_ids[0]
    if fold_roll_id(roll_id) not in map(fold_roll_id, pupil_ids):
        raise ConfigurationError(f"The photographs register does not name pupil {roll_id} in photograph {name}.")
    return roll_id


def thing_of(photograph: Photograph) -> Thing:
    """Return what a letter calls it."""
    is_film = Path(photograph.file_name or "").suffix.casefold() in VIDEOS
    return "video" if photograph.video_id or is_film else "photograph"


def same_picture(photograph: Photograph, register: Sequence[Photograph], folder: Path) -> list[Photograph]:
    """Return the rows that stand for the same file or video as this one, itself among them."""
    size = _size(folder, photograph)
    alike = [other for other in register if size is not None and _size(folder, other) == size]
    hashes = {file.photograph_id: file.sha256 for file in master_files(folder, map(asdict, alike), {})}
    mine = hashes.get(photograph.photograph_id)
    return [
        other
        for other in register
        if other.photograph_id == photograph.photograph_id
        or (other.video_id is not None and other.video_id == photograph.video_id)
        or (other.file_name is not None and other.file_name == photograph.file_name)
        or (mine is not None and hashes.get(other.photograph_id) == mine)
    ]


def ensure_ended(photograph: Photograph, same: Sequence[Photograph], pupils: Pupils, today: date) -> None:
    """Raise ConfigurationError unless this photograph's approval has ended on a channel that it is for.

    No other approval of the same picture may stand there.
    """
    name = photograph.photograph_id
    kinds = _kinds(_approval(photograph), pupils, today)
    ended = {channel for channel, kind in kinds.items() if kind in ENDING}
    if not ended:
        raise ConfigurationError(f"The approval of photograph {name} has not ended, so there is no letter to write.")
    for other in same:
        theirs = _kinds(_approval(other), pupils, today)
        if any(theirs.get(channel, "channel") is None for channel in ended):
            raise ConfigurationError(
                f"The same picture is also on the photographs register as {other.photograph_id}, and that approval "
                f"stands. Correct the register first."
            )


def cause_for(photograph: Photograph, roll_id: str, pupils: Pupils, today: date) -> Cause | None:
    """Return what of this child's own has ended the approval; None when nothing has, whoever else's word has."""
    whole = _approval(photograph)
    alone = Approval(photograph_id=whole.photograph_id, channels=whole.channels, basis=whole.basis, pupil_ids=roll_id)
    kinds = {*_kinds(alone, pupils, today).values()}
    return "consent" if "consent" in kinds else "left" if "left" in kinds else None


def ensure_known(photograph: Photograph, folder: Path, looked_ms: int) -> None:
    """Raise ConfigurationError unless the run that began at this time could know the photograph where it was posted."""
    if photograph.file_name is None:
        return
    name, path = photograph.photograph_id, folder / photograph.file_name
    if not path.is_file():
        raise ConfigurationError(
            f"The file of photograph {name} is not in the photographs folder, so no run can find where it stands. "
            f"Put it back, and run the audit again."
        )
    if max(path.stat().st_mtime, path.stat().st_ctime) * 1000 > looked_ms:
        raise ConfigurationError(f"The file of photograph {name} is newer than the newest run. Run the audit again.")
    if path.suffix.casefold() in VIDEOS:
        return
    with Opener() as opener:
        is_readable = not isinstance(opener.open(path.read_bytes()), UnreadablePicture)
    if not is_readable:
        raise ConfigurationError(
            f"The file of photograph {name} cannot be read, so no run can find where it stands. Put a sound copy in "
            f"its place, and run the audit again."
        )


def _approval(photograph: Photograph) -> Approval:
    return Approval.of(asdict(photograph))


def _kinds(approval: Approval, pupils: Pupils, today: date) -> dict[str, Kind | None]:
    """Return what is in the way on each channel that an approval is for, None where it stands; on all if for none."""
    channels = [channel.strip() for channel in approval.channels.split(";") if channel.strip()] or CHANNELS
    obstacles = {channel: obstacle(approval, channel, today, pupils) for channel in channels}
    return {channel: found.kind if found else None for channel, found in obstacles.items()}


def _size(folder: Path, photograph: Photograph) -> int | None:
    path = folder / photograph.file_name if photograph.file_name else None
    return path.stat().st_size if path and path.is_file() else None
