"""A school with many official accounts, on each of which something else goes wrong, for the table of `test_proved.py`.

`settling.py` puts subjects on its accounts; `housing.py` writes its files.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from demo.model import World, XCredential, XMedia, XPost, XUser, YouTubeSubscriber
from tests.flows.village import drawn
from tests.simulated.serve import Servers

SCHOOL, CHANNEL = "ousterly-vale", "UCboroughofousterly00000"
STRANGERS = 43
BUDGET = 'usd_per_run = "200.00"'
NOW = datetime.now(UTC)
THEN = NOW - timedelta(days=90)
GIVEN = ("Ffraid", "Osian", "Tamsin", "Corwin", "Beatrix", "Iolo", "Saffron", "Merrick", "Petra", "Idris")
SURNAMES = (
    "Quennell", "Harrowby", "Tolliver", "Wexcombe", "Sallowfield", "Brindlewick", "Okehurst", "Marlpit", "Fernyhough",
    "Lintott", "Garrowby", "Penhaligon",
)  # fmt: skip
CHECKS = {
    "pupil": "pupil_follower",
    "named": "pupil_follower",
    "teacher": "staff_follower",
    "governor": "governor_follower",
    "leaver": "leaver_follower",
    "followed": "following_person",
    "number": "contact_details",
    "strange": "unapproved_picture",
    "ended": "withdrawn_picture",
    "talker": "pupil_comment",
    "insult": "abusive_comment",
    "quote": "abusive_comment",
    "sharer": "staff_repost",
    "liked": "official_interaction",
    "film": "unapproved_picture",
    "caption": "contact_details",
    "thumb": "withdrawn_picture",
    "remark": "abusive_comment",
    "subscriber": "pupil_follower",
}
PATHS = {
    "followers": "/2/users/{0}/followers",
    "following": "/2/users/{0}/following",
    "posts": "/2/users/{0}/tweets",
    "mentions": "/2/users/{0}/mentions",
    "likes": "/2/users/{0}/liked_tweets",
    "reposts": "/2/tweets/9{0}*/retweets",
    "quotes": "/2/tweets/9{0}*/quote_tweets",
    "uploads": "/youtube/v3/playlistItems",
    "threads": "/youtube/v3/commentThreads",
    "subscribers": "/youtube/v3/subscriptions",
}
LOOK_UPS = {
    "x": ("/2/users", "/2/tweets"),
    "youtube": ("/youtube/v3/videos", "/youtube/v3/comments", "/youtube/v3/subscriptions"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What one exception is about: its key in the report, and the actor and the post that a platform knows it by."""

    check: str
    account_id: str
    subject_id: str
    actor_id: str = ""
    post_id: str = ""

    @property
    def platform(self) -> str:
        return "youtube" if self.account_id == CHANNEL else "x"

    @property
    def key(self) -> tuple[str, str, str]:
        return self.check, self.account_id, self.subject_id


@dataclass(slots=True)
class Borough:
    """Both platforms and the school's files, while they are made and while they change."""

    world: World = field(default_factory=World)
    reads: dict[str, str] = field(default_factory=dict)
    registers: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    masters: dict[str, bytes] = field(default_factory=dict)
    servers: Servers | None = None
    people: int = 0
    things: int = 0

    def __post_init__(self) -> None:
        tube = self.world.youtube
        tube.channel_id, tube.handle, tube.title, tube.token = CHANNEL, "@ousterlyvale", "Ousterly Vale School", "tube"
        tube.created_at = THEN
        self.registers = {
            "pupils": [], "staff": [], "governors": [], "leavers": [],
            "photographs": [photograph("M1", consent="", basis="public_task")],
        }  # fmt: skip
        self.masters["M1.jpg"] = self.world.pictures["https://pbs.twimg.com/media/approved.jpg"] = drawn(1)
        for number in range(30):
            self.person("pupils", year_group=str(7 + number % 5))
        for number in range(9):
            tube.subscribers.append(YouTubeSubscriber(f"UCviewer{number:016}", f"Walker {number}", THEN))

    def account(self, place: int) -> str:
        """Return the id of the official account of this number, 0 for the channel; X's are made when first needed."""
        if place == 0:
            return CHANNEL
        account_id = f"{7100 + place}"
        if account_id not in self.world.x.followers:
            self.reads[account_id] = "bearer" if 12 <= place <= 14 else "archive" if place > 14 else "owned"
            self._open(account_id)
        return account_id

    def _open(self, account_id: str) -> None:
        x = self.world.x
        picture = "https://pbs.twimg.com/profile_images/1/a_normal.jpg"
        x.users[account_id] = XUser(
            account_id, f"Ousterly{account_id}", "Ousterly Vale School", THEN, profile_image_url=picture
        )
        x.followers[account_id], x.following[account_id] = [], []
        for _ in range(STRANGERS):
            x.followers[account_id].append(self.actor(account_id))
        for number in range(4):
            self.post(account_id, f"Assembly, part {number + 1}.")
        secret = {name: f"{name}-{account_id}" for name in ("consumer_key", "consumer_secret", "access_token")}
        if self.reads[account_id] == "bearer":
            x.credentials.append(XCredential(None, bearer=f"bearer-{account_id}"))
        else:
            x.credentials.append(XCredential(account_id, **secret, access_secret=f"access_secret-{account_id}"))

    def actor(self, account_id: str, name: str = "", bio: str = "") -> str:
        """Make an account of somebody's on X, and return its id."""
        self.people += 1
        actor_id = f"{account_id}{self.people:05}"
        shown = name or f"Walker {self.people}"
        self.world.x.users[actor_id] = XUser(actor_id, f"w{actor_id}", shown, THEN, bio)
        return actor_id

    def post(self, author_id: str, text: str, **more: object) -> XPost:
        """Make a post on X; those of an official account have ids that begin with 9 and its own."""
        self.things += 1
        post_id = f"9{author_id[:4]}{self.things:05}"
        at = THEN + timedelta(minutes=self.things)
        made = XPost(post_id, author_id, text, at, **{"conversation_id": post_id, **more})  # type: ignore[arg-type]
        self.world.x.posts[post_id] = made
        return made

    def picture(self, account_id: str, text: str, stem: str) -> XPost:
        """Make a post of an official account with one picture, whose medium is called after the post."""
        post = self.post(account_id, text)
        key = f"3_{post.id}"
        url = f"https://pbs.twimg.com/media/{stem}.jpg"
        self.world.x.media[key] = XMedia(key, "photo", url, 960, 720, "A drawing")
        post.media_keys = [key]
        return post

    def person(self, register: str, **more: str) -> dict[str, str]:
        """Put somebody on a register, under a name that nobody else has."""
        number = sum(len(rows) for name, rows in self.registers.items() if name != "photographs")
        given, surname = GIVEN[number % len(GIVEN)], SURNAMES[number // len(GIVEN)]
        row = {"person_id": f"{register[0].upper()}{number:03}", "given_names": given, "surname": surname}
        if register in {"pupils", "leavers"}:
            row["picture_consent"] = "given"
        self.registers[register].append({**row, **more})
        return self.registers[register][-1]

    def row_of(self, subject: Subject) -> dict[str, str]:
        """Return the register's row that declares a subject's account."""
        rows = (row for rows in self.registers.values() for row in rows)
        return next(row for row in rows if row.get("x_account") == subject.actor_id)


def photograph(name: str, **more: str) -> dict[str, str]:
    row = {"photograph_id": name, "file_name": f"{name}.jpg", "video_id": "", "channels": "x;youtube"}
    return {**row, "basis": "consent", "consent": "given", "objection": "", "expires_on": "", "pupil_ids": "", **more}
