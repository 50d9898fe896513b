"""What an archive says of the media on posts, and every new field as a signal."""

from pathlib import Path
from typing import Any

from connectors.records import Medium, Signal
from tests.connectors.archives import OWNER, medium, read, shown, tweet
from tests.connectors.register_files import of


def test_media_carry_the_prefixes_of_the_platforms_own_keys(tmp_path: Path) -> None:
    alt: dict[str, Any] = {"ext_alt_text": "A wet playing field.", "original_info": {"width": 800, "height": "600"}}
    odd: Any = "odd"
    media = shown(
        medium("61", "a.jpg", **alt), medium("62", "b.jpg", "video"), medium("63", "c.jpg", "animated_gif"),
        medium("64", "d.jpg", "hologram"), {"id_str": "65"}, odd, medium("61", "a.jpg"),
    )  # fmt: skip

    records = read(tmp_path, {"tweets": [tweet("50", extended_entities=media)]})

    found = of(records, Medium)
    assert [(m.medium_id, m.kind) for m in found] == [
        ("3_61", "photo"), ("7_62", "video"), ("16_63", "animated_gif"),
        ("50/3", "unknown"), ("50/4", "unknown"), ("50/5", "unknown"),
    ]  # fmt: skip
    assert found[0] == Medium(
        platform="x",
        account_id="1001",
        post_id="50",
        medium_id="3_61",
        kind="photo",
        url="https://pbs.twimg.com/media/a.jpg",
        alt_text="A wet playing field.",
        width=800,
        height=600,
    )
    assert [(s.endpoint, s.seen) for s in of(records, Signal)] == [("archive/media", 3)]


def test_the_plain_list_of_media_serves_where_there_is_no_extended_one(tmp_path: Path) -> None:
    plain = {"id": 61, "type": "photo", "media_url": "http://pbs.twimg.com/media/a.jpg"}

    (found,) = of(read(tmp_path, {"tweets": [tweet("50", entities={"media": [plain]})]}), Medium)

    assert (found.medium_id, found.url) == ("3_61", "http://pbs.twimg.com/media/a.jpg")


def test_every_new_field_is_a_signal_by_name_and_never_by_value(tmp_path: Path) -> None:
    rows: dict[str, list[Any]] = {
        "account": [{"account": {**OWNER["account"], "shoeSize": "secret"}}],
        "profile": [{"profile": {"description": {"bio": "A school.", "mood": "secret"}, "theme": "secret"}}],
        "follower": [{"follower": {"accountId": "7", "since": "secret"}}],
        "tweets": [
            tweet("50", sticker="secret", extended_entities=shown(medium("61", "a.jpg", filter="secret"))),
            tweet("51", sticker="secret", **{"Tamsin Pendry's field": "secret"}),
        ],
    }

    signals = of(read(tmp_path, rows), Signal)

    assert [(s.endpoint, s.field_path, s.seen) for s in signals] == [
        ("archive/account", "shoeSize", 1),
        ("archive/follower", "since", 1),
        ("archive/media", "filter", 1),
        ("archive/posts", "(odd name)", 1),
        ("archive/posts", "sticker", 2),
        ("archive/profile", "description.mood", 1),
        ("archive/profile", "theme", 1),
    ]
    assert "secret" not in str(signals)
