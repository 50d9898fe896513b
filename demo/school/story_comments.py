"""What the cast says to the school and about it, shares of it, and what the school likes; written by hand.

Times are in UTC; X's ids follow from them, so that `demo/school/truth.toml` can name them.
"""

from dataclasses import dataclass
from datetime import datetime

from demo.school.cast import MAIN_ID, PE_ID
from demo.school.story import FOR_GOOD, at


@dataclass(frozen=True, slots=True)
class StoryComment:
    """One post on X that answers the school's post of `answered_at`, or that only mentions the account."""

    actor_id: str
    account_id: str
    at: datetime
    text: str
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """One repost of the main account's post of this time."""

    actor_id: str
    at: datetime
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class Commented:
    """One comment under a video, the scene in the picture attached to it, and the last week in which it stands."""

    comment_id: str
    channel_id: str
    name: str
    at: datetime
    text: str
    scene: int | None = None
    last_week: int = FOR_GOOD


@dataclass(frozen=True, slots=True)
class Liked:
    """One post of somebody else that the main account likes, and the last week in which it does."""

    actor_id: str
    at: datetime
    text: str
    last_week: int = FOR_GOOD


ON_X = (
    # A pupil who follows nobody, and a teacher, each from an account of their own.
    StoryComment("9100000000000000311", MAIN_ID, at(10, 20, 16, 10), "@OusterlyVale I am on the cake stall.",
         answered_at=at(10, 19, 13, 40)),
    StoryComment("9100000000000000201", MAIN_ID, at(10, 29, 18, 45), "Year 9 at the weir with @OusterlyVale today."),
    # Abuse, and what only sounds like it.
    StoryComment("9100000000000000331", MAIN_ID, at(10, 30, 21, 5),
                 "@OusterlyVale your headteacher is a pathetic idiot."),
    StoryComment("9100000000000000332", PE_ID, at(11, 6, 19, 20),
                 "You lot absolutely killed it at netball @OusterlyPE"),
    StoryComment("9100000000000000333", MAIN_ID, at(11, 5, 8, 30), "Is the coach to Scunthorpe full @OusterlyVale"),
    # Hatred without a slur; beside it, the same people spoken of kindly, and the same words quoted by a father.
    StoryComment("9100000000000000331", MAIN_ID, at(10, 31, 20, 15),
                 "@OusterlyVale Travellers are vermin. Keep them away from our children."),
    StoryComment("9100000000000000332", MAIN_ID, at(10, 31, 20, 45),
                 "@OusterlyVale I do not hate Travellers, and ours are the kindest neighbours."),
    StoryComment("9100000000000000333", MAIN_ID, at(11, 1, 9, 10),
                 "@OusterlyVale Somebody shouted “Travellers are vermin” at my son on the bus. Please look into it."),
    # Hatred that a pronoun carries into a second sentence, and praise that it carries.
    StoryComment("9100000000000000331", PE_ID, at(11, 7, 16, 20),
                 "@OusterlyPE Saw the Polish lads at the match. They are filthy animals."),
    StoryComment("9100000000000000332", PE_ID, at(11, 7, 16, 50),
                 "@OusterlyPE Saw the Polish lads at the match. They are brilliant players."),
    # A threat and a groan, both misspelt.
    StoryComment("9100000000000000331", MAIN_ID, at(11, 13, 22, 10),
                 "@OusterlyVale i am gona kill u tomorow at the gate"),
    StoryComment("9100000000000000333", MAIN_ID, at(11, 13, 17, 30),
                 "@OusterlyVale this homework is gona kill me tomorow"),
    # An insult and thanks, both in Welsh.
    StoryComment("9100000000000000331", PE_ID, at(11, 14, 12, 20), "@OusterlyPE Cer i grafu, y twpsyn."),
    StoryComment("9100000000000000332", PE_ID, at(11, 14, 12, 50), "@OusterlyPE Diolch yn fawr i chi am y gêm."),
)  # fmt: skip
ON_YOUTUBE = (
    # A threat, taken down between weeks 2 and 3.
    Commented("UgxDemoStory1ovs", "UCdemoVoice0000000000331", "shouty crackers", at(11, 5, 20, 15),
              "I will find you and smash your face in", last_week=2),
    # A teacher, and a mother who bears her child's name.
    Commented("UgxDemoStory2ovs", "UCdemoStaff0000000000205", "Rukhsana Mirzapoor", at(11, 6, 17, 0),
              "My form was in the second row."),
    Commented("UgxDemoStory3ovs", "UCdemoDecoy0000000000322", "Rowena Tregarrow", at(11, 1, 19, 30),
              "We watched it with her grandparents."),
    # Two pictures: one that nobody approved, hidden between weeks 2 and 3, and one of the school's own.
    Commented("UgxDemoStory4ovs", "UCdemoVoice0000000000332", "front row seat", at(11, 7, 21, 10),
              "Took this from where we sat.", scene=69, last_week=2),
    Commented("UgxDemoStory5ovs", "UCdemoVoice0000000000333", "old choir", at(11, 7, 10, 20),
              "Saved this one for her album.", scene=45),
    # An insult that an emoji carries, and the same emoji at the zoo.
    Commented("UgxDemoStory6ovs", "UCdemoVoice0000000000331", "shouty crackers", at(11, 7, 22, 40),
              "look at your goalkeeper \N{MONKEY}\N{MONKEY}\N{MONKEY}"),
    Commented("UgxDemoStory7ovs", "UCdemoVoice0000000000332", "front row seat", at(11, 7, 22, 55),
              "Feeding time at the zoo was the best bit \N{MONKEY}"),
    # An insult and a mild sigh, both in Polish.
    Commented("UgxDemoStory8ovs", "UCdemoVoice0000000000331", "shouty crackers", at(11, 14, 20, 5),
              "Ty idioto, zamknij się."),
    Commented("UgxDemoStory9ovs", "UCdemoVoice0000000000333", "old choir", at(11, 14, 20, 25),
              "Kurczę, zapomniałam o koncercie!"),
)  # fmt: skip
SHARED = (
    # Two teachers: one repeats pictures, the other only words.
    Shared("9100000000000000201", at(11, 5, 19, 40), shared_at=at(9, 24, 12, 5)),
    Shared("9100000000000000203", at(11, 5, 20, 5), shared_at=at(10, 14, 9, 20)),
)
# One post by a teacher, whose like is taken back between weeks 2 and 3; organisations follow in `demo/weekly_world.py`.
LIKED = (Liked("9100000000000000203", at(10, 28, 20, 15), "Marking done. Kettle on.", last_week=2),)
