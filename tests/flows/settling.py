"""Puts what checks find on the borough's accounts: each kind of subject, under the name that the table calls it by."""

from collections.abc import Callable

from demo.model import XPost, YouTubeComment, YouTubeSubscriber, YouTubeVideo
from tests.flows.borough import CHECKS, THEN, Borough, Subject, photograph
from tests.flows.village import drawn

FAMILY = "P000"  # the pupil whom every photograph shows whose consent has ended
Maker = Callable[[Borough, str], Subject]


def settle(borough: Borough, place: int, kind: str) -> Subject:
    """Put one subject of this kind on the account of this number, and return it."""
    return MAKERS[kind](borough, borough.account(place))


def _declared(register: str, kind: str) -> Maker:
    def make(borough: Borough, account_id: str) -> Subject:
        actor_id = borough.actor(account_id)
        more = {"pupils": {"year_group": "8"}, "staff": {"job_title": "Teacher of Art"}}.get(register, {})
        borough.person(register, x_account=actor_id, **more)
        borough.world.x.followers[account_id].append(actor_id)
        return Subject(CHECKS[kind], account_id, actor_id, actor_id)

    return make


def _named(borough: Borough, account_id: str) -> Subject:
    row = borough.person("pupils", year_group="8")
    actor_id = borough.actor(account_id, f"{row['given_names']} {row['surname']}", "Year 8 at Ousterly Vale School")
    borough.world.x.followers[account_id].append(actor_id)
    return Subject(CHECKS["named"], account_id, actor_id, actor_id)


def _followed(borough: Borough, account_id: str) -> Subject:
    actor_id = borough.actor(account_id)
    borough.person("pupils", year_group="9", x_account=actor_id)
    borough.world.x.following[account_id].append(actor_id)
    return Subject(CHECKS["followed"], account_id, actor_id, actor_id)


def _number(borough: Borough, account_id: str) -> Subject:
    post = borough.post(account_id, "Lost a blue coat? Ring me at home on 07700 900123.")
    return Subject(CHECKS["number"], account_id, post.id, account_id, post.id)


def _strange(borough: Borough, account_id: str) -> Subject:
    stem = f"strange{len(borough.world.pictures)}"
    borough.world.pictures[f"https://pbs.twimg.com/media/{stem}.jpg"] = drawn(1_000 + len(borough.world.pictures))
    post = borough.picture(account_id, "Out and about.", stem)
    return Subject(CHECKS["strange"], account_id, f"3_{post.id}", account_id, post.id)


def _ended(borough: Borough, account_id: str) -> Subject:
    stem = f"ended{len(borough.masters)}"
    body = drawn(100 + len(borough.masters))
    borough.masters[f"{stem}.jpg"] = borough.world.pictures[f"https://pbs.twimg.com/media/{stem}.jpg"] = body
    borough.registers["photographs"].append(photograph(stem, consent="withdrawn", pupil_ids=FAMILY))
    post = borough.picture(account_id, "Harvest table, ready.", stem)
    return Subject(CHECKS["ended"], account_id, f"3_{post.id}", stem, post.id)


def _mention(borough: Borough, account_id: str, actor_id: str, text: str) -> XPost:
    handle = borough.world.x.users[account_id].username
    return borough.post(actor_id, f"@{handle} {text}", mentions=[account_id])


def _talker(borough: Borough, account_id: str) -> Subject:
    actor_id = borough.actor(account_id)
    borough.person("pupils", year_group="9", x_account=actor_id)
    post = _mention(borough, account_id, actor_id, "see you at the cake stall")
    return Subject(CHECKS["talker"], account_id, actor_id, actor_id, post.id)


def _insult(borough: Borough, account_id: str) -> Subject:
    actor_id = borough.actor(account_id)
    post = _mention(borough, account_id, actor_id, "your headteacher is a pathetic idiot.")
    return Subject(CHECKS["insult"], account_id, post.id, actor_id, post.id)


def _quote(borough: Borough, account_id: str) -> Subject:
    actor_id, quoted = borough.actor(account_id), borough.post(account_id, "Gates open at a quarter past eight.")
    post = borough.post(actor_id, "Their headteacher is a pathetic idiot.", references=[("quoted", quoted.id)])
    return Subject(CHECKS["quote"], account_id, post.id, actor_id, post.id)


def _sharer(borough: Borough, account_id: str) -> Subject:
    actor_id, shared = borough.actor(account_id), borough.picture(account_id, "The hall.", "approved")
    borough.person("staff", job_title="Teacher of Art", x_account=actor_id)
    post = borough.post(actor_id, "RT", references=[("reposted", shared.id)])
    borough.world.x.reposters[shared.id] = [actor_id]
    return Subject(CHECKS["sharer"], account_id, actor_id, actor_id, post.id)


def _liked(borough: Borough, account_id: str) -> Subject:
    actor_id = borough.actor(account_id)
    borough.person("staff", job_title="Teacher of Art", x_account=actor_id)
    post = borough.post(actor_id, "Marking done.")
    borough.world.x.liked.setdefault(account_id, []).append(post.id)
    return Subject(CHECKS["liked"], account_id, post.id, actor_id, post.id)


def film(borough: Borough, *, stem: str = "approved", is_registered: bool = True) -> YouTubeVideo:
    """Upload a video of which nobody may make comments; its thumbnail is the picture of this stem."""
    borough.things += 1
    video_id = f"vid{borough.things:08}"
    address = f"https://i.ytimg.com/vi/{video_id}/hqdefault.jpg"
    borough.world.pictures[address] = borough.masters["M1.jpg" if stem == "approved" else f"{stem}.jpg"]
    made = YouTubeVideo(video_id, "Assembly", "In the hall", THEN, thumbnails=[("high", address, 480, 360)])
    borough.world.youtube.videos.append(made)
    if is_registered:
        more = {"file_name": "", "channels": "youtube", "basis": "public_task", "consent": ""}
        borough.registers["photographs"].append(photograph(f"V{video_id}", video_id=video_id, **more))
    return made


def _film(borough: Borough, account_id: str) -> Subject:
    made = film(borough, is_registered=False)
    return Subject(CHECKS["film"], account_id, made.id, account_id, made.id)


def _caption(borough: Borough, account_id: str) -> Subject:
    made = film(borough)
    made.description = "Lost a blue coat? Ring me at home on 07700 900123."
    return Subject(CHECKS["caption"], account_id, made.id, account_id, made.id)


def _thumb(borough: Borough, account_id: str) -> Subject:
    stem = f"ended{len(borough.masters)}"
    borough.masters[f"{stem}.jpg"] = drawn(100 + len(borough.masters))
    borough.registers["photographs"].append(photograph(stem, consent="withdrawn", pupil_ids=FAMILY))
    made = film(borough, stem=stem)
    return Subject(CHECKS["thumb"], account_id, f"{made.id}/thumbnail", stem, made.id)


def _remark(borough: Borough, account_id: str) -> Subject:
    tube = borough.world.youtube
    video = tube.videos[0] if tube.videos else film(borough)
    borough.things += 1
    comment_id, actor_id = f"Ugx{borough.things:08}", f"UCloud{borough.things:018}"
    text = "Your headteacher is a pathetic idiot."
    tube.comments.append(YouTubeComment(comment_id, video.id, actor_id, "Loud", text, THEN))
    return Subject(CHECKS["remark"], account_id, comment_id, actor_id, comment_id)


def _subscriber(borough: Borough, account_id: str) -> Subject:
    borough.things += 1
    actor_id = f"UCpupil{borough.things:017}"
    borough.person("pupils", year_group="8", youtube_account=actor_id)
    borough.world.youtube.subscribers.append(YouTubeSubscriber(actor_id, f"Walker {actor_id[-4:]}", THEN))
    return Subject(CHECKS["subscriber"], account_id, actor_id, actor_id)


MAKERS: dict[str, Maker] = {
    "pupil": _declared("pupils", "pupil"),
    "named": _named,
    "teacher": _declared("staff", "teacher"),
    "governor": _declared("governors", "governor"),
    "leaver": _declared("leavers", "leaver"),
    "followed": _followed,
    "number": _number,
    "strange": _strange,
    "ended": _ended,
    "talker": _talker,
    "insult": _insult,
    "quote": _quote,
    "sharer": _sharer,
    "liked": _liked,
    "film": _film,
    "caption": _caption,
    "thumb": _thumb,
    "remark": _remark,
    "subscriber": _subscriber,
}
