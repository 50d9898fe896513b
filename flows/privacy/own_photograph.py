"""The school's own file of one approved photograph, for the pack about it."""

from pathlib import Path


def own_photograph(folder: Path, file_name: str) -> tuple[bytes | None, str]:
    """Return the file's bytes, or None with a sentence on why it is not in the pack."""
    file = folder / file_name
    if not file.resolve().is_relative_to(folder.resolve()):
        return None, "The register names a file outside the photographs folder, so it is not in this pack."
    try:
        return file.read_bytes(), ""
    except FileNotFoundError:
        return None, "The file that the register names is not there, so it is not in this pack."
    except OSError:
        return (
            None,
            "The file that the register names cannot be read, so it is not in this pack. Ask the school for it.",
        )
