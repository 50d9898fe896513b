"""The rest of the second judge: the clauses that a plain look at the world settles, each in a few lines."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

import demo
from demo.model import World, XPost
from demo.school import album, cast, register_files
from demo.school.names import fold
from demo.school.people import SchoolRegisters
from demo.school.story import LONDON, DemoWeek
from policies.model import read_pack

OFFICIAL = {"@OusterlyVale": cast.MAIN_ID, "@OusterlyPE": cast.PE_ID, "@OusterlyTrips": cast.TRIPS_ID}
CHANNEL, SCHOOL = ("youtube", "@OusterlyValeSchool"), ("school", "ousterly-vale")
MOBILE = re.compile(r"\b07\d{3} \d{6}\b")
HANDLE = re.compile(r"@(\w+)")
GPS = 0x8825
RECENT = timedelta(days=35)
Key = tuple[str, str, str, str]  # check, platform, official handle, subject
Evidence = tuple[object, ...]
Row = tuple[Key, Evidence]
Who = Callable[[str], tuple[str, str] | None]  # an actor's id to the role and the band of whose account it is


def judge(world: World, people: SchoolRegisters, week: DemoWeek, who: Who) -> dict[Key, Evidence]:
    """Return the exceptions that stand in this week."""
    return dict(
        [
            *_lines(world, people, who),
            *_deeds(world, who),
            *_sayings(world, who),
            *_posts(world, people, week),
            *_videos(world),
            *_accounts(world, week),
            *_approvals(world, week),
            *_profile_pictures(world),
            *_papers(week),
            *_signed(people, week),
        ]
    )


def _lines(world: World, people: SchoolRegisters, who: Who) -> Iterator[Row]:
    listed = {parent.x_account.removeprefix("@") for parent in people.parents if parent.x_account}
    for follower in world.x.followers[cast.TRIPS_ID]:
        if not {follower, world.x.users[follower].username} & listed:
            yield ("unapproved_follower", "x", "@OusterlyTrips", follower), ()
    for account, account_id in OFFICIAL.items():
        for followed in world.x.following[account_id]:
            found = who(followed)
            if found and found[0] in {"pupil", "leaver", "parent", "staff"}:
                yield ("following_person", "x", account, followed), found


def _deeds(world: World, who: Who) -> Iterator[Row]:
    """Whom the school answered, repeated, quoted and liked; and which teachers repeated its pictures."""
    posts, handle_of = world.x.posts, {account_id: handle for handle, account_id in OFFICIAL.items()}
    for post in posts.values():
        for kind, other in post.references:
            found, shared = who(posts[other].author_id), posts[other]
            if post.author_id in handle_of and found and found[0] in {"pupil", "leaver", "staff"}:
                yield ("official_interaction", "x", handle_of[post.author_id], post.id), found
            author, has_picture = who(post.author_id), kind == "reposted" and bool(shared.media_keys)
            if has_picture and shared.author_id in handle_of and author and author[0] == "staff":
                yield ("staff_repost", "x", handle_of[shared.author_id], post.author_id), author
    for account, account_id in OFFICIAL.items():
        for liked in world.x.liked.get(account_id, []):
            found = who(posts[liked].author_id)
            if found and found[0] in {"pupil", "leaver", "staff"}:
                yield ("official_interaction", "x", account, liked), found


def _sayings(world: World, who: Who) -> Iterator[Row]:
    checks = {"pupil": "pupil_comment", "staff": "personal_account_comment"}
    for account, account_id in OFFICIAL.items():
        for post in world.x.posts.values():
            is_about = account_id in post.mentions or post.in_reply_to_user_id == account_id
            found = who(post.author_id)
            if found and found[0] in checks and is_about and "reposted" not in dict(post.references):
                yield (checks[found[0]], "x", account, post.author_id), found
            yield from _handles(world, account, post, who)
    for comment in world.youtube.comments:
        found = who(comment.author_channel_id)
        if found and found[0] in checks:
            yield (checks[found[0]], *CHANNEL, comment.author_channel_id), found


def _handles(world: World, account: str, post: XPost, who: Who) -> Iterator[Row]:
    """Whose handles the school shows."""
    borne = {user.username.lower(): user.id for user in world.x.users.values()}
    for handle in HANDLE.findall(post.text) if post.author_id == OFFICIAL[account] else ():
        found = who(borne[handle.lower()]) if handle.lower() in borne else None
        if found and found[0] == "staff":
            yield ("staff_handle_shown", "x", account, post.id), found


def _posts(world: World, people: SchoolRegisters, week: DemoWeek) -> Iterator[Row]:
    others = {fold(name) for entry in (*people.staff, *people.governors, *people.parents) for name in entry.names}
    names = {fold(name) for pupil in people.pupils for name in pupil.names} - others
    for account, account_id in OFFICIAL.items():
        for post in world.x.posts.values():
            if post.author_id == account_id:
                yield from _post(world, account, post, names, week)


def _post(world: World, account: str, post: XPost, names: set[str], week: DemoWeek) -> Iterator[Row]:
    words = fold(post.text).split()
    pairs = {" ".join(words[at : at + size]) for at in range(len(words)) for size in (2, 3, 4)}
    if pairs & names:
        yield ("pupil_named", "x", account, post.id), ()
        for key in post.media_keys:  # no figure is drawn large, and no picture is large
            yield ("picture_exposure", "x", account, key), ()
    if MOBILE.search(post.text):
        yield ("contact_details", "x", account, post.id), ()
    at = post.created_at.astimezone(LONDON)
    if at.date() <= week.as_of - RECENT:
        return
    if not 7 <= at.hour < 20:
        yield ("posting_hours", "x", account, post.id), ()
    for key in post.media_keys:
        if world.x.media[key].type == "photo" and not world.x.media[key].alt_text:
            yield ("alt_text", "x", account, key), ()


def _videos(world: World) -> Iterator[Row]:
    for video in world.youtube.videos:
        if video.privacy != "private" and (video.made_for_kids or not video.comments_disabled):
            yield ("children_settings", *CHANNEL, video.id), (video.made_for_kids, video.comments_disabled)


def _accounts(world: World, week: DemoWeek) -> Iterator[Row]:
    approved = {row[1]: date.fromisoformat(row[6]) for row in register_files.accounts(week)[1:]}
    for account, account_id in OFFICIAL.items():
        if approved.get(account_id, date.max) > week.as_of:
            yield ("account_register", "x", account, account_id), ()
        user = world.x.users[account_id]
        if account_id in {cast.PE_ID, cast.TRIPS_ID} and not user.protected:
            yield ("approval_possible", "x", account, account_id), ()
        if not (user.url and user.profile_image_url and "Ousterly Vale" in user.name):
            yield ("profile_identity", "x", account, account_id), ()


def _profile_pictures(world: World) -> Iterator[Row]:
    """Whose profile picture is another than the main account's, which is the logo."""
    shown = {
        handle: world.x.users[ident].profile_image_url.replace("normal", "400x400")
        for handle, ident in OFFICIAL.items()
    }
    logo = world.pictures[shown["@OusterlyVale"]]
    for handle, address in shown.items():
        if world.pictures[address] != logo:
            yield ("logo", "x", handle, OFFICIAL[handle]), (address,)


def _approvals(world: World, week: DemoWeek) -> Iterator[Row]:
    """Whose approval is of a later day than the first post or video, or somebody else's."""
    begun = [(post.author_id, post.created_at) for post in world.x.posts.values()]
    begun += [(cast.CHANNEL_ID, video.published_at) for video in world.youtube.videos]
    for platform, account_id, handle, _, _, approved_by, approved_on, shared, changed in register_files.accounts(week)[
        1:
    ]:
        first = min(at for author, at in begun if author == account_id).date().isoformat()
        if approved_on > first or approved_by not in {"Headteacher", "The Head Teacher"}:
            yield ("approved_before_use", platform, handle, account_id), (approved_by, approved_on)
        if not shared or changed < week.as_of.replace(year=week.as_of.year - 1).isoformat():
            yield ("sign_in_details", platform, handle, account_id), (shared, changed)


def _signed(people: SchoolRegisters, week: DemoWeek) -> Iterator[Row]:
    *_, signed, trained = zip(*register_files.staff(people, week)[1:], strict=True)
    since = week.as_of.replace(year=week.as_of.year - 1).isoformat()
    for column, days, first in (("policy_read_on", signed, "2025-09-01"), ("trained_on", trained, since)):
        if late := [day for day in days if day < first]:
            yield ("policy_read", *SCHOOL, column), tuple(late)


def _papers(week: DemoWeek) -> Iterator[Row]:
    for master in album.approved_photographs(week):
        with Image.open(io.BytesIO(album.file_of(master, week))) as image:
            if image.getexif().get_ifd(GPS):
                yield ("location_metadata", *SCHOOL, master.photograph_id), ()
    for register in register_files.FILES:
        if week.as_of - register_files.saved_at(register, week).date() > timedelta(days=31):
            yield ("register_fresh", *SCHOOL, register), ()
    pack = read_pack(Path(demo.__file__).parent / "school" / "folder" / "policy.toml")
    if pack.review_by is not None and pack.review_by < week.as_of:
        yield ("policy_review", *SCHOOL, pack.id), ()
