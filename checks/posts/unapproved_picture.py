"""Every picture and video on an official account should be one that somebody has approved for it."""

from checks.drill import planted
from checks.model import Check, from_sql
from checks.pictures.compare import NOT_FETCHED
from checks.pictures.standing import NO_OBJECTION, REFUSED

CHECK = Check(
    id="unapproved_picture",
    title="Every picture and video on an official account is approved for it",
    why="A picture of a child that nobody approved, or whose approval has ended, may show a child who must not be "
    "shown; once posted it is copied within minutes.",
    sources=("x", "youtube"),
    sight="core.picture_sight",
    sees="Photographs and animations on standing posts on X, thumbnails of YouTube videos that are public or "
    "unlisted, each compared by how it looks with every master on the photographs register; and videos that the "
    "register does not hold by their id.",
    cannot_see="What happens inside a video; whom a picture shows; a picture that shows a little more than the "
    "approved master did, such as a face that was covered there. An approved photograph that was cropped, mirrored "
    "or put into a collage is not recognised, and is listed.",
    next_step="Compare the picture with the approved photographs. If it is one of them, or may be approved, put it on "
    "the photographs register; if not, take the post down, and the next run shows that it is gone.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=3,
    do_not="Do not send the picture to anybody to ask who is in it, and do not download it to a personal device.",
    subject_kind="medium",
    concerns="picture",
    judge=from_sql(
        "checks.posts",
        "unapproved_picture",
        not_fetched=NOT_FETCHED,
        refused=sorted(REFUSED),
        no_objection=sorted(NO_OBJECTION),
    ),
    telling=("what",),
    plant=planted("checks.posts", "unapproved_picture"),
    planted_subject="drill-picture",
)
