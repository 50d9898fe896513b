"""What the environment says, read once at the door and passed on as values.

AUDIT_HOME            where the schools' folders are (default: ./audit-home), or s3://BUCKET/PREFIX
HOME                  where DuckDB's extension is unpacked; without it below AUDIT_HOME
AUDIT_KEYS            of a home in an object store: the folder of its keys, <school>.key each, which stay out of it
AUDIT_GROUP           of a home in an object store: the group's settings, which AUDIT_HOME/group.toml is of any other
AUDIT_SCRATCH         of such a home: where schools are worked on, and group reports lie (default: below the system's)
AUDIT_KEY             the warehouse key; without it the key file, then the Prefect Secret block audit-key-<school>
AUDIT_CASEBOOK_KEY    the casebook's key; without it keys/casebook.key, then the Prefect Secret block audit-key-casebook
AUDIT_CHAIN_KEY       the file, outside AUDIT_HOME, of the key of the chain of what people do; without it no key is used
CASEBOOK_URL          a SQLAlchemy URL; without it casebook.sqlite in AUDIT_HOME
AUDIT_X_URL, AUDIT_YOUTUBE_URL, AUDIT_MEDIA_URL    simulated platforms, on loopback only
AUDIT_PATIENCE_SECONDS   after so long, with its waits, no pull is tried again (default 1,800)
AUDIT_TIMEOUT_SECONDS    the longest that one answer may take, to its last byte (default 30)
AUDIT_LOG                json: what is logged, as lines of JSON with school and run; else text (flows/home/json_logs.py)
AUDIT_SECRETS            a file of lines NAME=value, nobody else's to read, for AUDIT_KEY, AUDIT_CASEBOOK_KEY,
                         CASEBOOK_URL, AUDIT_OPENID_SECRET and the object store's AWS_ secrets in a schedule
AUDIT_OPENID_SECRET      the desk's secret at the sign-in provider; without it [desk_openid] of credentials.toml
"""

import ipaddress
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from connectors.source import Endpoints
from flows.home.claims import source_of
from policies.errors import UserError
from policies.school import OfficialAccount
from policies.toml_text import read_text
from warehouse.object_store.address import SECRETS as AWS_SECRETS
from warehouse.object_store.address import StoreAddress, address_of, is_url
from warehouse.store.places import is_shared

_IN_A_FILE = ("AUDIT_KEY", "AUDIT_CASEBOOK_KEY", "CASEBOOK_URL", "AUDIT_OPENID_SECRET", *AWS_SECRETS)
_PULL_FIRST = (
    "Fetch the school with `audit store pull SCHOOL --to FOLDER`, do it there with AUDIT_HOME=FOLDER, and bring it "
    "back with `audit store push`."
)


class ConfigurationError(UserError):
    """Something the person at the keyboard can put right; the message is one sentence with what to do."""


def system_clock() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a pull is tried, the first wait in seconds, and after how many seconds in all it is not tried again.

    Half an hour holds one of X's windows of 15 minutes, and the time that the pull itself takes.
    """

    tries: int = 5
    first_wait: float = 2.0
    max_seconds: float = 1_800.0
    longest_window: float | None = None  # seconds; a longer one is not waited for in a run that holds a worker's slot
    no_window: float = 1_800.0  # seconds, twice X's own; for what ends later still, no run waits with what it saw else


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything from outside that a run needs. `claims` gives the source that reads an account, or None.

    Where `store` is given, the schools are there, and `home` is a folder of this machine that holds one of them while
    it is worked on; `scratch` is then the folder that stays, below which it stands. `keeps_heads` says that the newest
    head of each chain is kept beside the chain's key, which a home that is only being tried does not do.
    """

    home: Path
    store: StoreAddress | None = None
    scratch: Path | None = None
    keys: Path | None = None
    group: Path | None = None
    endpoints: Endpoints = field(default_factory=Endpoints)
    casebook_url: str | None = None
    chain_key: Path | None = None
    keeps_heads: bool = True
    key: str | None = field(default=None, repr=False)
    casebook_key: str | None = field(default=None, repr=False)
    openid_secret: str | None = field(default=None, repr=False)
    retry_policy: RetryPolicy = field(default_factory=RetryPolicy)
    timeout: float = 30.0
    clock: Callable[[], datetime] = system_clock
    claims: Callable[[OfficialAccount], str | None] = source_of
    sleep: Callable[[float], None] = time.sleep

    def long_window(self, retry_at: datetime) -> bool:
        """Say whether a run that holds a worker's slot makes room for others until a platform listens again."""
        policy, seconds = self.retry_policy, (retry_at - self.clock()).total_seconds()
        return policy.longest_window is not None and policy.longest_window < seconds <= policy.no_window

    @property
    def kept_here(self) -> Path:
        """The folder for what this machine keeps of the program, and of no school."""
        return self.scratch or self.home

    @property
    def is_simulated(self) -> bool:
        """Whether every platform is a simulated one, so that nothing live can be reached."""
        return all((self.endpoints.x, self.endpoints.youtube, self.endpoints.media))


def from_environment(
    environment: Mapping[str, str] | None = None, *, may_be_stored: bool = False, instead: str = _PULL_FIRST
) -> Settings:
    """Return the settings that the environment gives; ConfigurationError if one makes no sense.

    A home in an object store is refused unless whoever asks can work on one; `instead` says what to do there.
    """
    env = {**_secrets(given := os.environ if environment is None else environment), **given}
    max_seconds = _seconds(env, "AUDIT_PATIENCE_SECONDS", 1_800.0)
    store = address_of(env["AUDIT_HOME"], env) if is_url(env.get("AUDIT_HOME", "")) else None
    if store is not None and not may_be_stored:
        raise ConfigurationError(f"This works on a folder, and AUDIT_HOME names an object store. {instead}")
    scratch = env.get("AUDIT_SCRATCH") or f"{tempfile.gettempdir()}/audit-{os.geteuid()}"
    home = Path(scratch if store else env.get("AUDIT_HOME", "audit-home")).expanduser()
    if environment is None and not env.get("HOME"):
        from warehouse.store.open import unpack_below  # noqa: PLC0415 - opens what no help and no setting needs

        unpack_below(home)
    return Settings(
        home=home,
        store=store,
        keys=Path(env["AUDIT_KEYS"]).expanduser() if env.get("AUDIT_KEYS") else None,
        group=Path(env["AUDIT_GROUP"]).expanduser().absolute() if env.get("AUDIT_GROUP") else None,
        endpoints=Endpoints(
            *(_loopback(env, name) for name in ("AUDIT_X_URL", "AUDIT_YOUTUBE_URL", "AUDIT_MEDIA_URL"))
        ),
        casebook_url=env.get("CASEBOOK_URL"),
        chain_key=Path(env["AUDIT_CHAIN_KEY"]).expanduser() if env.get("AUDIT_CHAIN_KEY") else None,
        key=env.get("AUDIT_KEY"),
        casebook_key=env.get("AUDIT_CASEBOOK_KEY"),
        openid_secret=env.get("AUDIT_OPENID_SECRET"),
        retry_policy=RetryPolicy(max_seconds=max_seconds, first_wait=min(2.0, max_seconds / 64)),
        timeout=_seconds(env, "AUDIT_TIMEOUT_SECONDS", 30.0),
    )


def _secrets(env: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the file of secrets says, each line as it stands: no shell reads it."""
    if not env.get("AUDIT_SECRETS"):
        return {}
    path = Path(env["AUDIT_SECRETS"])
    if path.exists() and is_shared(path):
        raise ConfigurationError(f"{path} may be read by others. Run: chmod 600 {path}")
    secrets: dict[str, str] = {}
    for number, line in enumerate(read_text(path, ConfigurationError).split("\n"), start=1):
        name, _, value = line.rstrip("\r").partition("=")
        if name.strip() in _IN_A_FILE and value:
            secrets[name.strip()] = value
        elif line.strip() and not line.startswith("#"):
            names = " or ".join(_IN_A_FILE)
            raise ConfigurationError(f"{path.name}, line {number}: write NAME=value, with {names} for the name.")
    return secrets


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    try:
        seconds = float(env.get(name, default))
    except ValueError as error:
        raise ConfigurationError(f"{name} must be a number of seconds.") from error
    if not 0 < seconds < 86_400:
        raise ConfigurationError(f"{name} must be between 0 and 86,400 seconds.")
    return seconds


def _loopback(env: Mapping[str, str], name: str) -> str | None:
    url = env.get(name)
    if not url:
        return None
    try:
        parts = urlsplit(url)
        is_local = ipaddress.ip_address(parts.hostname or "").is_loopback and not (parts.username or parts.password)
    except ValueError:
        is_local = False
    if not is_local:
        raise ConfigurationError(f"{name} must be an address on this machine such as http://127.0.0.1:8001.")
    return url


def keep_private() -> None:
    """From here on let everything that this process makes be its owner's alone: files 0600, folders 0700."""
    os.umask(0o077)


def quiet() -> None:
    """Turn off the telemetry of the libraries that have any; called before they are imported."""
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
