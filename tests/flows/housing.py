"""Writes the borough's files: settings, credentials, policy, registers, photographs and archives."""

import csv
from datetime import date
from pathlib import Path

from demo.model import XPost
from flows.home.init import make_key
from flows.home.settings import Settings
from policies.coverage import sha256_of
from tests.connectors import archives
from tests.flows.borough import BUDGET, CHANNEL, CHECKS, SCHOOL, Borough
from tests.flows.own_policy import PART
from warehouse.store.places import Places

HEAD = """\
id = "own"
title = "Our policy"
edition = "2026"
adopted_on = 2025-09-01
"""
PARAMETERS = {
    "official_interaction": ', parameters = { roles = ["pupil", "leaver", "staff"] }',
    "unapproved_picture": ", parameters = { include_ended = false }",
}


def write_home(borough: Borough, settings: Settings) -> None:
    """Write the school's folder and its key."""
    folder = settings.home / SCHOOL
    for name in ("registers", "photographs"):
        (folder / name).mkdir(parents=True)
    (folder / "school.toml").write_text(_settings(borough))
    (folder / "own.toml").write_text(HEAD + "".join(_clause(check) for check in sorted({*CHECKS.values()})))
    (folder / "credentials.toml").touch(mode=0o600)
    (folder / "credentials.toml").write_text(_credentials(borough))
    make_key(settings, Places(settings.home, SCHOOL))


def write_registers(borough: Borough, folder: Path) -> None:
    """Write the registers and the approved photographs as they stand."""
    for name, rows in borough.registers.items():
        head = list(dict.fromkeys(column for row in rows for column in row)) or ["person_id", "given_names", "surname"]
        with (folder / "registers" / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, head, restval="")
            writer.writeheader()
            writer.writerows(rows)
    for name, body in borough.masters.items():
        if not (folder / "photographs" / name).exists():
            (folder / "photographs" / name).write_bytes(body)


def write_archives(borough: Borough, folder: Path, made_on: date, *, but: str = "") -> None:
    """Ask X for a new archive of each account that is read so, but for one."""
    for account_id, reads in borough.reads.items():
        if reads == "archive" and account_id != but:
            write_archive(borough, folder, account_id, made_on)


def write_archive(borough: Borough, folder: Path, account_id: str, made_on: date) -> None:
    """Write the archive of one account as X would make it on this day."""
    x = borough.world.x
    owner = {**archives.OWNER["account"], "accountId": account_id, "username": x.users[account_id].username}
    own = [post for post in x.posts.values() if post.author_id == account_id]
    rows = {
        "account": [{"account": owner}],
        "profile": [archives.ABOUT],
        "follower": [archives.follow("follower", each) for each in x.followers[account_id]],
        "following": [archives.follow("following", each) for each in x.following[account_id]],
        "tweets": [_tweet(post) for post in own],
    }
    members = archives.members(rows)
    made = f"{made_on.isoformat()}T01:00:00.000Z"
    members["data/manifest.js"] = archives.manifest({name: len(value) for name, value in rows.items()}, made=made)
    archives.zipped(folder / f"{account_id}.zip", members)


def _tweet(post: XPost) -> dict[str, object]:
    return archives.tweet(post.id, post.text, created_at=f"{post.created_at:%a %b %d %H:%M:%S +0000 %Y}")


def _settings(borough: Borough) -> str:
    text = f'[school]\nid = "{SCHOOL}"\nname = "Ousterly Vale School"\naliases = ["OVS"]\npack = "own.toml"\n'
    for account_id, reads in borough.reads.items():
        text += f'\n[[account]]\nplatform = "x"\naccount_id = "{account_id}"\nhandle = "Ousterly{account_id}"\n'
        how = f'archive = "{account_id}.zip"' if reads == "archive" else f'credential = "x_{account_id}"'
        text += f'reads = "{reads}"\n{how}\n'
    text += f'\n[[account]]\nplatform = "youtube"\naccount_id = "{CHANNEL}"\nhandle = "OusterlyValeSchool"\n'
    text += 'credential = "youtube"\n\n[pictures]\npeople = false\n\n[budget]\n' + BUDGET + "\n\n[registers]\n"
    return text + "".join(f'{name} = "{name}.csv"\n' for name in borough.registers)


def _credentials(borough: Borough) -> str:
    text = '[youtube]\naccess_token = "tube"\n'
    names = ("bearer", "consumer_key", "consumer_secret", "access_token", "access_secret")
    owned = [account_id for account_id, reads in borough.reads.items()]
    for account_id, credential in zip(owned, borough.world.x.credentials, strict=True):
        parts = {name: getattr(credential, name) for name in names if getattr(credential, name)}
        text += f"\n[x_{account_id}]\n" + "".join(f'{name} = "{value}"\n' for name, value in parts.items())
    return text


def _clause(check: str) -> str:
    more = PARAMETERS.get(check, "")
    return (
        f'\n[[clause]]\nid = "{check}"\nref = "{check}"\nsays = "In our own words: {check}."\nforce = "must"\n'
        f'binds = "staff"\nsource_sha256 = "{sha256_of(check)}"\n'
        f'checks = [{{ check = "{check}", severity = "high"{more} }}]\n{PART}\n'
    )
