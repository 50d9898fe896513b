"""Whether a profile picture shows the logo is seen, and the picture deleted; what was not seen is never kept."""

from pathlib import Path

import pytest

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.outcome import Outcome
from checks.run import judge
from flows.pictures.logo import logos_to_fetch
from tests.engines.pictures.scenes import resized, scene
from tests.flows.gallery import ACCOUNTS, Gallery, jpeg
from tests.warehouse.rows import profile

ONE, TWO = "2026-11-02", "2026-11-09"
LOGO, OTHER = scene(5), scene(6)
FACE = "https://pbs.twimg.com/profile_images/1/crest_normal.jpg"
NO_FACE = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
YOUTUBE_FACE = "https://yt3.ggpht.com/crest=s800"


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    made = Gallery(tmp_path)
    made.approve("logo", jpeg(LOGO, 92))
    made.logo = "logo"
    made.show("x", FACE, jpeg(resized(LOGO, 200, 150)))
    return made


def _asked(gallery: Gallery, day: str = ONE, platform: str = "x") -> Outcome:
    gallery.week(day)
    account, context = (platform, ACCOUNTS[platform]), gallery.context(day)
    return judge(
        AskedOnce(gallery.db),
        catalogue()["logo"],
        as_of=context.as_of,
        parameters={},
        applies_to=[account],
        doubtful_populations=frozenset(),
        key="",
    )


def test_a_profile_that_shows_the_logo_in_small_or_cut_is_kept(gallery: Gallery) -> None:
    gallery.show("youtube", YOUTUBE_FACE, jpeg(LOGO[75:525, 100:600]))

    assert _asked(gallery).verdict == "kept"
    assert _asked(gallery, platform="youtube").verdict == "kept"


@pytest.mark.parametrize("address", [FACE, NO_FACE], ids=["another picture", "the platform's own"])
def test_a_profile_without_the_logo_is_an_exception(gallery: Gallery, address: str) -> None:
    gallery.show("x", address, jpeg(OTHER) if address == FACE else None)

    [found] = _asked(gallery).exceptions

    assert found.reason == "The school's logo was not found in the profile picture of @OusterlyVale."
    assert (found.subject_id, found.evidence["picture"]) == ("100", address)


def test_what_was_not_seen_is_not_kept_and_says_what_to_do(gallery: Gallery) -> None:
    master = gallery.context(ONE).places.photographs / "logo.jpg"
    whole, days = master.read_bytes(), (f"2026-11-{day:02}" for day in range(2, 30))

    def unseen(says: str) -> None:
        outcome = _asked(gallery, next(days))
        assert outcome.verdict == "could_not_tell"
        assert says in outcome.why
        assert not outcome.exceptions
        assert not any(place.is_whole for place in outcome.coverage)  # so that no open case is called gone

    for address, body in ((FACE, None), (FACE, jpeg(LOGO)[:300]), (None, None)):
        gallery.show("x", address, body)
        unseen("could not be fetched or opened")
    gallery.show("x", FACE, jpeg(OTHER))
    for named, says in ((None, "The settings name no logo"), ("crest", "is not on the photographs register")):
        gallery.logo = named
        unseen(says)
    gallery.logo = "logo"
    for file in (jpeg(OTHER), b"no picture"):
        master.write_bytes(file)
        unseen("is not on the photographs register")
    master.unlink()
    unseen("is not on the photographs register")
    master.write_bytes(whole)
    assert _asked(gallery, next(days)).verdict == "exceptions"


def test_the_picture_is_deleted_once_it_was_seen_and_the_verdict_stays_for_that_run_alone(gallery: Gallery) -> None:
    files = "select run_id, medium_id from raw.medium_files"
    gallery.week(ONE)
    assert not gallery.db.sql(files).fetchall()

    gallery.show("x", FACE, None)  # judged again without a new pull
    assert _asked(gallery).verdict == "kept"

    gallery.db.execute(  # what a run left behind that was killed before it judged
        "insert into raw.medium_files (run_id, source, platform, medium_id, url, body) "
        "select run_id, 'media', 'x', 'profile:100', 'u', 'b'::blob from raw.runs"
    )
    assert _asked(gallery, TWO).verdict == "could_not_tell"
    assert not gallery.db.sql(files).fetchall()


def test_only_the_official_accounts_pictures_are_fetched_and_only_where_they_are_asked_for(gallery: Gallery) -> None:
    gallery.strangers = [profile("7", picture_url=FACE)]
    gallery.week(ONE)
    assert logos_to_fetch(gallery.context(ONE), gallery.db) == [("x", "profile:100", FACE)]

    gallery.logo = None
    assert not logos_to_fetch(gallery.context(ONE), gallery.db)

    gallery.logo = "logo"
    gallery.db.execute("update raw.official_accounts set reads = 'archive'")
    assert not logos_to_fetch(gallery.context(ONE), gallery.db)
