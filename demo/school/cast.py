"""The cast: pupils, staff, governors and parents whose accounts the audit must find, and everyone it must leave alone.

Written by hand; `followers.py` goes on with it. `truth.toml` says what is to be found of whom; nothing
here is worked out from it.
"""

from dataclasses import dataclass
from datetime import date

from demo.school.register_entry import RegisterEntry

MAIN_ID, PE_ID, TRIPS_ID = "9100000000000000001", "9100000000000000002", "9100000000000000003"
CHANNEL_ID = "UCdemoOusterlyVale000001"
EVERY_WEEK = (1, 2, 3)
Weeks = tuple[int, ...]


def pupil(person_id: str, given: str, surname: str, form: str, known_as: str = "") -> RegisterEntry:
    """Make a pupil; the year group is the number that the form begins with."""
    year = int(form[:-1])
    return RegisterEntry(
        person_id=person_id, given_names=given, surname=surname, known_as=known_as, class_name=form,
        year_group=f"Year {year}", born_on=date(2026 - 4 - year, 3 + year % 6, 2 * year),
    )  # fmt: skip


def adult(person_id: str, given: str, surname: str, job: str = "", *related: str) -> RegisterEntry:
    """Make a member of staff, a governor or a parent."""
    return RegisterEntry(person_id=person_id, given_names=given, surname=surname, job_title=job, related_ids=related)


PUPILS = (
    pupil("004101", "Nerys", "Caddwell", "9C"),
    pupil("004102", "Tomasz", "Wiśniorek", "8D"),
    pupil("004103", "Chidiebere", "Okonjo-Wray", "11P", known_as="Chidi"),
    pupil("004104", "Zeynep", "Gülşenoğlu", "10L"),
    pupil("004105", "Iman", "Al-Harrazi", "12S"),
    pupil("004106", "Haroon", "Siddiqar", "10W"),
    pupil("004107", "Dafydd", "Penhallam", "9P"),
    pupil("004108", "Siân", "Llwyfor", "7S"),
    pupil("004109", "Aoife", "O'Dwyerin", "10C"),
    pupil("004110", "Jasmeet", "Kalsiwal", "13D"),
    pupil("004111", "Ffion", "Marshdale", "9S"),
    # From here on: pupils whose names the decoys bear.
    pupil("004112", "Ffion", "Marshdale", "12D"),
    pupil("004113", "Rowena", "Tregarrow", "7L"),
    pupil("004114", "Teilo", "Brannock", "10L"),
    pupil("004115", "Oriel", "Fennimore", "8P"),
    pupil("004116", "Lowen", "Pascotrew", "9W"),
    pupil("004117", "Ayaan", "Chaudhrani", "7D"),
    pupil("004118", "Ayaan", "Chaudhrani", "11S"),
    pupil("004119", "Marged", "Ellisdon", "8C"),
    pupil("004120", "Perran", "Hollinshade", "11C"),
)
STAFF = (
    adult("ST901", "Barnaby", "Quillfeather", "Teacher of Geography"),
    adult("ST902", "Katarzyna", "Zielnik", "Head of Drama"),
    adult("ST903", "Rosalind", "Mallettson", "SENCO"),
    adult("ST904", "Kwabena", "Asumang-Reid", "Teacher of PE"),
    adult("ST905", "Rukhsana", "Mirzapoor", "Teacher of Science"),
    adult("ST906", "Gareth", "Pwllgarn", "Site Manager"),
)
GOVERNORS = (
    adult("GV901", "Lowen", "Pascotrew", "Co-opted governor"),
    adult("GV902", "Sunniva", "Harcastle", "Chair of governors"),
)
PARENTS = (
    adult("PC9001", "Rowena", "Tregarrow", "", "004113"),
    adult("PC9002", "Hatice", "Gülşenoğlu", "", "004104"),
)
LEAVERS = (
    RegisterEntry(
        person_id="003990", given_names="Jadwiga", surname="Mroczek-Lane", born_on=date(2007, 5, 19),
        left_on=date(2025, 7, 22),
    ),
    # Left after Year 11, and is sixteen.
    RegisterEntry(
        person_id="003991", given_names="Isolde", surname="Wrenfield", born_on=date(2010, 2, 11),
        left_on=date(2026, 6, 26),
    ),
)  # fmt: skip

# What the registers declare of each person's account, in week 1, 2 and 3.
DECLARED_X: dict[str, tuple[str, str, str]] = {
    "004101": ("@nc_doodles", "@nc_doodles", "@nc_doodles"),
    "004105": ("", "", "9100000000000000105"),  # the school learns of it in week 3
    "004106": ("@KestrelAndCo", "@hs_offcuts", "@hs_offcuts"),  # week 1 holds a stranger's handle by mistake
    "ST901": ("@mr_b_geog", "@mr_b_geog", "@mr_b_geog"),
    "ST903": ("", "@ros_writes", "@ros_writes"),
    "ST904": ("9100000000000000204",) * 3,
    # Parents on the list of those who may follow the trips account; the last one is added in week 3.
    **{f"PC10{number}": (f"91000000000000001{number + 30}",) * 3 for number in range(11, 19)},
    "PC9002": ("", "", "@hg_ousterly"),
}
DECLARED_YOUTUBE: dict[str, tuple[str, str, str]] = {"004110": ("UCdemoPupil0000000000110",) * 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """One account of the cast: what it shows, and in which weeks it follows which official account.

    Of YouTube the weeks say when the subscription is public. `renamed` is the handle from week 2 on.
    `is_decoy` marks accounts that must never be found.
    """

    id: str
    name: str
    handle: str = ""
    bio: str = ""
    location: str = ""
    main: Weeks = ()
    pe: Weeks = ()
    trips: Weeks = ()
    youtube: Weeks = ()
    renamed: str = ""
    is_decoy: bool = False


X_ACTORS = (
    CastMember(id="9100000000000000101", name="nerys ~", handle="nc_doodles", bio="art acc", main=EVERY_WEEK,
          pe=EVERY_WEEK),
    CastMember(id="9100000000000000102", name="Tomasz Wisniorek", handle="tomw_keeper",
          bio="y8 | Ousterly Vale | goalie",
          main=EVERY_WEEK, renamed="tomasz_saves"),
    CastMember(id="9100000000000000103", name="Chidi Okonjo-Wray", handle="chidi_ow", bio="11P. Chess, mostly.",
          main=(1, 3)),
    CastMember(id="9100000000000000104", name="Zeynep Gulsenoglu", handle="zeynepviolin",
          bio="Year 10 @ Ousterly Vale High. Violin.", main=(2, 3)),
    CastMember(id="9100000000000000105", name="moth lamp", handle="moth_lamp_99", bio="lurking", main=EVERY_WEEK),
    CastMember(id="9100000000000000106", name="Kestrel & Co", handle="KestrelAndCo",
          bio="Framing and prints, Ousterly.",
          main=EVERY_WEEK),
    CastMember(id="9100000000000000107", name="Dafydd Penhallam", handle="dpenhallam7", bio="OVS rugby U14s, Year 9",
          pe=(1,)),
    CastMember(id="9100000000000000108", name="Sian Llwyfor", handle="sianll_runs", bio="7S | cross country", pe=(3,)),
    CastMember(id="9100000000000000111", name="Ffion Marshdale", handle="ffionm_hockey", bio="9S, hockey",
          main=EVERY_WEEK),
    CastMember(id="9100000000000000201", name="Mr B", handle="mr_b_geog", bio="Oxbow lakes.", main=EVERY_WEEK),
    CastMember(id="9100000000000000202", name="Katarzyna Zielnik", handle="kzielnik", bio="Head of Drama. Views mine.",
          main=(1, 2)),
    CastMember(id="9100000000000000203", name="Rosalind Mallettson", handle="ros_writes",
          bio="SENCO at Ousterly Vale School", main=EVERY_WEEK),
    CastMember(id="9100000000000000204", name="KAR coaching", handle="kar_rugby", bio="Rugby, always.", pe=EVERY_WEEK),
    # Governors; a pupil bears the name of the first.
    CastMember(id="9100000000000000305", name="Lowen Pascotrew", handle="lpascotrew", main=(1, 2),
          bio="Grandad. Governor at Ousterly Vale School."),
    CastMember(id="9100000000000000310", name="Sunniva Harcastle", handle="sunniva_chair", pe=EVERY_WEEK,
          bio="Chair of governors, Ousterly Vale School"),
    # A parent whom the main account follows, and one who follows the trips account before the register says so.
    CastMember(id="9100000000000000301", name="Rowena Tregarrow", handle="rowenat_home", main=EVERY_WEEK,
          bio="Mum of two, Ousterly Vale School parent"),
    CastMember(id="9100000000000000304", name="Mrs Gülşenoğlu", handle="hg_ousterly", bio="Proud parent, OVS",
          main=EVERY_WEEK, trips=(2, 3)),
    # A pupil who answers the school's posts but follows nobody.
    CastMember(id="9100000000000000311", name="Perran Hollinshade", handle="perran_h", bio="11C, Ousterly Vale"),
    # Decoys.
    CastMember(id="9100000000000000302", name="Teilo Brannock", handle="teilorows", location="Marlcombe",
          bio="Year 13, Marlcombe Academy. Rowing.", main=EVERY_WEEK, is_decoy=True),
    CastMember(id="9100000000000000303", name="Oriel Fennimore", handle="orielfenn", bio="Cats, trains, rain.",
          main=EVERY_WEEK, is_decoy=True),
    CastMember(id="9100000000000000306", name="Gareth Pwllgarn", handle="pwllgarn_homes", location="Marlcombe",
          bio="Estate agent. Director, Pwllgarn Homes.", main=EVERY_WEEK, is_decoy=True),
    CastMember(id="9100000000000000307", name="Jadwiga Mroczek-Lane", handle="jadwigaml", main=EVERY_WEEK,
          is_decoy=True,
          bio="Ousterly Vale, class of 2025. Marine biology next."),
    CastMember(id="9100000000000000308", name="Ayaan Chaudhrani", handle="ayaan_ch", bio="Ousterly Vale School",
          main=EVERY_WEEK, is_decoy=True),
    CastMember(id="9100000000000000309", name="Nerys", handle="nerysss_x", bio="y9 OVS", main=EVERY_WEEK,
          is_decoy=True),
)  # fmt: skip
YOUTUBE_ACTORS = (
    CastMember(id="UCdemoPupil0000000000109", name="Aoife O’Dwyerin", bio="y10, Ousterly Vale School orchestra",  # noqa: RUF001
          youtube=(1,)),
    CastMember(id="UCdemoPupil0000000000110", name="jk_beats", youtube=(2, 3)),
    CastMember(id="UCdemoStaff0000000000205", name="Rukhsana Mirzapoor", bio="Science teacher", youtube=EVERY_WEEK),
    CastMember(id="UCdemoDecoy0000000000321", name="Marged Ellisdon", youtube=EVERY_WEEK, is_decoy=True),
    CastMember(id="UCdemoDecoy0000000000322", name="Rowena Tregarrow", bio="Mum, baker, Ousterly Vale parent",
          youtube=EVERY_WEEK, is_decoy=True),
    # A pupil who misspells the surname; beside them somebody of nearly that name, and somebody who plays a pupil.
    CastMember(id="UCdemoPupil0000000000112", name="Perran Hollinshaed", bio="11C | Ousterly Vale", youtube=(2, 3)),
    CastMember(id="UCdemoDecoy0000000000323", name="Perran Hollinwood", bio="Year 11, guitars", youtube=(2, 3),
          is_decoy=True),
    CastMember(id="UCdemoDecoy0000000000324", name="Sian Llwyfor", bio="Parody account. 7S, Ousterly Vale",
          youtube=(2, 3), is_decoy=True),
)  # fmt: skip
