"""The school's key and credentials: where they are kept, and that nobody else may read them."""

import sys
import tomllib
from pathlib import Path

from flows.settings import ConfigurationError, Settings
from warehouse.places import Places, is_shared


def read_credentials(places: Places) -> dict[str, dict[str, str]]:
    """Return credentials.toml; ConfigurationError if it is absent, open to others, or not TOML."""
    path = places.credentials
    text = _own_text(path, f"Run `audit init {places.school}` and fill it in.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path.name} is not TOML. Put every value between double quotes.") from error


def _own_text(path: Path, otherwise: str) -> str:
    """Return a secret's text; ConfigurationError if it cannot be read, is no text, or is open to others."""
    try:
        if is_shared(path):
            raise ConfigurationError(f"{path.name} may be read by others. Run: chmod 600 {path}")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path.name} cannot be read. {otherwise}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path.name} is not text. {otherwise}") from error


def find_key(settings: Settings, places: Places) -> str:
    """Return the warehouse key from AUDIT_KEY, the key file or the Prefect Secret block; else ConfigurationError."""
    if settings.key:
        return settings.key
    if places.key.exists():
        return _own_text(places.key, "Put the key's own file back, or set AUDIT_KEY.").strip()
    if secret := _secret_block(f"audit-key-{places.school}"):
        return secret
    message = f"There is no key for {places.school}. Run `audit init {places.school}`, or set AUDIT_KEY."
    raise ConfigurationError(message)


def _secret_block(name: str) -> str | None:
    if "prefect" not in sys.modules:  # no flow of Prefect's has called us, and it takes seconds to import
        return None
    from prefect.blocks.system import Secret  # noqa: PLC0415
    from prefect.runtime import flow_run  # noqa: PLC0415

    if flow_run.get_id() is None:
        return None
    try:
        return str(Secret.load(name).get())  # type: ignore[union-attr]
    except ValueError:
        return None
