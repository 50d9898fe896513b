"""The rest of the cast: children of other schools, former pupils, strangers, parents on the list, and loud voices.

Written by hand, as `demo/cast.py` is; this file knows as well whom the official accounts follow.
"""

from demo import cast
from demo.cast import EVERY_WEEK, CastMember, Weeks

X_GUESTS = (
    # Says that it is a child's; beside it, a father who tells of a child.
    CastMember(id="9100000000000000121", name="wilf and his bricks", handle="wilf_bricks",
          bio="I am 11 years old. Bricks and marbles.", main=(1, 2)),
    CastMember(id="9100000000000000122", name="The marble run", handle="marble_dad",
          bio="Proud dad of an 11 year old who never stops building", main=EVERY_WEEK, is_decoy=True),
    # A former pupil of sixteen; the one of nineteen is among the decoys of the cast.
    CastMember(id="9100000000000000123", name="Isolde Wrenfield", handle="isolde_wren",
          bio="Ousterly Vale, class of 2026", main=(2, 3)),
    # Goes by the school's name.
    CastMember(id="9100000000000000124", name="Ousterly Vale School", handle="OusterlyValeFun", bio="For a laugh.",
          main=(2, 3)),
    # On the list of nobody.
    CastMember(id="9100000000000000125", name="Quillon Starbeck", handle="q_starbeck", bio="Photographs of buses.",
          trips=(1, 2)),
    # Parents whom the register declares.
    *(
        CastMember(id=f"91000000000000001{41 + place}", name=name, handle=handle, bio="", trips=EVERY_WEEK,
              is_decoy=True)
        for place, (name, handle) in enumerate((
            ("Mum of three", "mumofthree_ov"), ("Kestrel watcher", "kestrelwatch8"), ("Big Kev", "bigkev_coach"),
            ("Tired dad", "tireddad_31"), ("JayneyB", "jayneyb_ous"), ("The Hill family", "hillfamily4"),
            ("Taxi of mum", "taxi_of_mum7"), ("nanna p", "nanna_p_vale"),
        ))
    ),
    # Loud voices, and people who only sound like them.
    CastMember(id="9100000000000000331", name="Gruff of Marlcombe", handle="gruff_marl", bio="I say what I think."),
    CastMember(id="9100000000000000332", name="Netball nan", handle="netball_nan", bio="Nan to five.", is_decoy=True),
    CastMember(id="9100000000000000333", name="Coach window seat", handle="windowseat12", bio="Here for the weather.",
          is_decoy=True),
)  # fmt: skip
X_ACTORS = (*cast.X_ACTORS, *X_GUESTS)
DECOY_IDS = frozenset(actor.id for actor in (*X_ACTORS, *cast.YOUTUBE_ACTORS) if actor.is_decoy)

# Whom the official accounts follow beside each other and organisations, and in which weeks, the newest first.
# Governors may be followed; parents and the personal accounts of staff may not.
FOLLOWED: dict[str, tuple[tuple[str, Weeks], ...]] = {
    cast.MAIN_ID: (("9100000000000000301", (1, 2)), ("9100000000000000310", EVERY_WEEK)),
    cast.PE_ID: (("9100000000000000204", (2, 3)),),
    cast.TRIPS_ID: (),
}
