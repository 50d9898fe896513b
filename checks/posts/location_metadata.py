"""No picture that the school shows, or keeps to show, should tell where it was taken."""

from checks.canary import planted
from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.finding import Finding
from checks.model import Check, from_sql
from policies.platforms.registry import EVERY_PLATFORM

CHECK = Check(
    id="location_metadata",
    title="No posted picture and no approved master tells in its file where it was taken",
    finding=Finding(
        one="A picture's file tells where it was taken",
        many="{count} pictures' files tell where they were taken",
    ),
    why="A telephone writes the place into the photographs that it takes; whoever has the file can then find the "
    "child's home, or where a class is on a trip.",
    sources=(*EVERY_PLATFORM, "school"),
    coverage="core.position_coverage",
    sees="Whether the files of photographs and animations on standing posts on X, of thumbnails on YouTube, and of "
    "the masters on the photographs register hold a latitude and a longitude. The place itself is not read out.",
    cannot_see="A place that the picture shows, such as a street sign or a badge; the files as they were sent in, for "
    "X and YouTube usually take the place out before they show a picture: the masters tell more; videos.",
    next_step="Remove the place from the master's file, and ask whoever took the picture to switch the place off in "
    "the camera. If a posted picture holds it, take the post down and post the cleaned picture.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not look the place up, and do not pass the file on with the place still in it.",
    subject_kind="medium",
    concerns="picture",
    judge=from_sql("checks.posts", "location_metadata"),
    evidence=(POST_LINK, POSTED_ON, Evidence("photograph_id", "fact", about="picture")),
    heeds=("photographs",),
    canary=planted("checks.posts", "location_metadata", subject="canary-location-metadata"),
    canary_on=EVERY_PLATFORM,
)
