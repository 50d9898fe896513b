"""The school's key and credentials: where they are kept, and that nobody else may read them."""

import sys
from difflib import get_close_matches
from pathlib import Path

from flows.home.key_files import casebook_file, write_key
from flows.home.settings import ConfigurationError, Settings
from policies.lines import read_lines
from policies.toml_text import read_text
from warehouse.casebook.chain_key import ChainKey
from warehouse.casebook.connecting import is_encrypted, opens
from warehouse.store.places import Places, is_shared, next_of

_CASEBOOK_KEY_BACK = "The casebook opens with that key alone: put it back from your copy, or set AUDIT_CASEBOOK_KEY."


def read_credentials(places: Places) -> dict[str, dict[str, str]]:
    """Return credentials.toml; ConfigurationError if it is absent, open to others, or not as it must be."""
    path = places.credentials
    if not path.exists():
        remedy = f"Put it back at {path}, or run `audit init {places.school}` for a new one."
        raise ConfigurationError(f"There is no credentials.toml. {remedy}")
    text = _own_text(path)
    written = read_lines(text)
    for broken in written.broken:
        raise ConfigurationError(f"{path.name}, line {broken.line}: this is not TOML: {broken.says}.")
    for block, keys in written.data.items():
        if not isinstance(keys, dict):
            line = written.line_of((block,))
            problem = f"{block} stands in no block; write a heading such as [x_main] above it."
            raise ConfigurationError(f"{path.name}, line {line}: {problem}")
        for key, value in keys.items():
            if not isinstance(value, str):
                line = written.line_of((block, key))
                raise ConfigurationError(f"{path.name}, line {line}: {key} must stand between double quotes.")
    return dict(written.data)


def find_credential(places: Places, name: str, handle: str) -> dict[str, str]:
    """Return the block that school.toml names for an account; ConfigurationError if it is not there, or is empty."""
    blocks = read_credentials(places)
    if name not in blocks:
        near = get_close_matches(name, blocks, n=1)
        has = f"It has {', '.join(f'[{block}]' for block in blocks)}" if blocks else "It is empty"
        meant = f" Is it [{near[0]}]?" if near else f" {has}: add the block, or correct the name in school.toml."
        raise ConfigurationError(f"credentials.toml has no [{name}], which school.toml names for @{handle}.{meant}")
    for key, value in blocks[name].items():
        if wrong := _in_no_key(value):
            raise ConfigurationError(f"{key} of [{name}] in credentials.toml has {wrong}; copy it again.")
    if empty := [key for key, value in blocks[name].items() if not value.strip()]:
        raise ConfigurationError(f"[{name}] in credentials.toml has nothing in {', '.join(empty)}; fill it in.")
    if not blocks[name]:
        raise ConfigurationError(f"[{name}] in credentials.toml is empty; put the keys of @{handle} below it.")
    return blocks[name]


def _in_no_key(value: str) -> str | None:
    """Return what stands in a secret that stands in none that a platform gives; None where nothing does."""
    text = value.strip()
    if not text:
        return None
    if text.casefold().startswith("bearer "):
        return "the word Bearer before it"
    if text != value or any(map(str.isspace, text)):
        return "a blank or a line break in it"
    if not text.isascii() or not text.isprintable():
        return "a character in it that no key has, such as a curly quotation mark"
    return None


def _own_text(path: Path, no_text: str | None = None) -> str:
    """Return a secret's text; ConfigurationError if it cannot be read, is no text, or is open to others."""
    try:
        if is_shared(path):
            raise ConfigurationError(f"{path.name} may be read by others. Run: chmod 600 {path}")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return read_text(path, ConfigurationError)
    except ConfigurationError as error:
        raise ConfigurationError(no_text or str(error)) from error


def find_key(settings: Settings, places: Places) -> str:
    """Return the warehouse key from AUDIT_KEY, the key file or the Prefect Secret block; else ConfigurationError."""
    if settings.key:
        return settings.key
    if places.next_key.exists() and places.folder.is_dir():  # of a school that was lost, a backup is put back first
        raise ConfigurationError(f"A change of the key has not ended. First: audit keys rotate {places.school}")
    if places.key.exists():
        return read_key(places.key, _put_back(places))
    if secret := secret_block(f"audit-key-{places.school}"):
        return secret
    raise ConfigurationError(f"There is no key at {places.key}. {_put_back(places)}")


def read_key(path: Path, put_back: str = "Put it back from your copy, or set AUDIT_KEY.") -> str:
    """Return the key in a file; ConfigurationError where it cannot be read, is empty, or is open to others."""
    if not (key := _own_text(path, f"{path.name} is not text. {put_back}").strip()):
        raise ConfigurationError(f"{path} is empty. {put_back}")
    return key


def find_stored_key(settings: Settings, school: str, otherwise: Path | None = None) -> str:
    """Return the key of a school in an object store: AUDIT_KEY, its file in AUDIT_KEYS, or the Prefect Secret block.

    `otherwise` is the folder of keys where AUDIT_KEYS names none. ConfigurationError if there is none.
    """
    if settings.key:
        return settings.key
    folder = settings.keys or otherwise
    if folder is not None and (path := folder / f"{school}.key").exists():
        return read_key(path)
    if secret := secret_block(f"audit-key-{school}"):
        return secret
    where = f" in {folder}" if folder else ""
    raise ConfigurationError(
        f"There is no key of {school}{where}. Name the folder of your copy with AUDIT_KEYS, or set AUDIT_KEY."
    )


def find_casebook_key(settings: Settings, places: Places) -> str | None:
    """Return the casebook's key, made where nothing is encrypted yet; None where CASEBOOK_URL names a server.

    Raises ConfigurationError where the key of an encrypted casebook is not there, cannot be read, or is open to others.
    """
    if settings.casebook_url and not settings.casebook_url.startswith("sqlite"):
        return None
    if settings.casebook_key:
        return settings.casebook_key
    path = places.casebook_key
    if not path.exists():
        if secret := secret_block("audit-key-casebook"):
            return secret
        books = (places.casebook, *places.home.glob(f"{places.casebook.name}.before-*"))
        if any(map(is_encrypted, books)) and not path.exists():  # another school's first run may have made both by now
            raise ConfigurationError(f"There is no key at {path}. {_CASEBOOK_KEY_BACK}")
        write_key(path)
    coming = next_of(path)  # of a change that has not ended: the casebook says how far it came
    has_changed = coming.exists() and opens(casebook_file(settings, places), read_key(coming))
    return read_key(coming if has_changed else path, _CASEBOOK_KEY_BACK)


def find_chain_key(settings: Settings) -> ChainKey | None:
    """Return the key of the chain, if one is named; ConfigurationError where it is not there, or is among the data."""
    path = settings.chain_key
    if path is None:
        return None
    if path.resolve().is_relative_to(settings.home.resolve()):
        raise ConfigurationError(f"{path} lies in AUDIT_HOME, among the data. Keep the chain's key elsewhere.")
    if not path.exists() or not (keys := _own_text(path).split()):
        raise ConfigurationError(f"There is no key at {path}. Put it back, or make one by: audit keys chain SCHOOL")
    coming = read_key(next_of(path)) if next_of(path).exists() else None
    heads = path.with_name(f"{path.name}.heads") if settings.keeps_heads else None
    return ChainKey(keys[0], heads, before=keys[1:], coming=coming)


def _put_back(places: Places) -> str:
    """Return what to do without a key: a new one opens nothing that an old one wrote."""
    if places.warehouse.exists() or places.published.exists():
        return "What earlier runs saw opens with that key alone: put it back from your copy, or set AUDIT_KEY."
    never = f"a school that never had one gets it by: audit init {places.school}"
    return f"Put it back from your copy, or set AUDIT_KEY; {never}"


def secret_block(name: str) -> str | None:
    """Return what the Prefect Secret block of this name holds; None outside a flow, or where there is none."""
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


def keep_secret_block(name: str, secret: str) -> None:
    """Write a Prefect Secret block anew, in the flow that read it."""
    from prefect.blocks.system import Secret  # noqa: PLC0415
    from pydantic import SecretStr  # noqa: PLC0415

    Secret(value=SecretStr(secret)).save(name, overwrite=True)
