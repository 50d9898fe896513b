"""The story's posts whose words matter, written by hand: what should not have been said, and what only looks like it.

Times are in UTC; X's ids follow from them, so that `demo/school/truth.toml` can name them.
"""

from demo.school.cast import MAIN_ID, PE_ID, TRIPS_ID
from demo.school.story import StoryPost, at

POSTS = (
    # A pupil's full name: without a picture until week 2, and with one from week 2 on.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 20, 14, 30), last_week=2,
          text="Bravo to Siân Llwyfor, third in the county cross country."),
    StoryPost(account_id=PE_ID, posted_at=at(11, 6, 12, 10), text="Player of the match: Chidi Okonjo-Wray.",
          pictures=(("3_9200000000000000912", 3),)),
    # Names that are no pupil's, or not whole.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 12, 10, 5),
          text="Thank you to Sunniva Harcastle, our chair of governors, for a morning in the library."),
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 26, 13, 15),
          text="Jadwiga Mroczek-Lane, who left us last year, was back to talk about marine biology."),
    StoryPost(account_id=MAIN_ID, posted_at=at(11, 3, 15, 5), text="Siân and Rowena have painted the bus shelter."),
    # The private affairs of somebody on the staff; beside it, praise for work.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 27, 12, 10),
          text="Get well soon to Mr Pwllgarn, our site manager, who is in hospital."),
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 13, 12, 25),
          text="Mrs Mallettson has run the reading club for ten years. Thank you."),
    # Somebody's own number; beside it, the school's.
    StoryPost(account_id=MAIN_ID, posted_at=at(11, 4, 10, 5), text="Found: a blue coat. Ring Dan on 07700 900418."),
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 14, 9, 20),
          text="Lost property: ring 01632 960155 or write to office@ousterly-vale.example."),
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 19, 13, 40),
          text="Autumn fair on Saturday at Ousterly Vale School, 4 Vale Road, Ousterly."),
    # Meant for a private account; beside it, votes that are not a party's.
    StoryPost(account_id=MAIN_ID, posted_at=at(11, 3, 18, 20), last_week=2,
          text="So hungover. Never drinking prosecco again."),
    StoryPost(account_id=MAIN_ID, posted_at=at(11, 5, 8, 45),
          text="Vote for our school council on Friday, in the hall."),
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 21, 8, 50),
          text="We are a polling station on Thursday, so school is closed."),
    # Late in the evening, twice; beside it, five minutes before eight.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 31, 22, 50), text="The clocks went back. Did yours?"),
    StoryPost(account_id=PE_ID, posted_at=at(11, 12, 21, 15), text="Found on the pitch: one left boot."),
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 30, 19, 55), text="The caretaker is locking up. Good night, hall."),
    # An answer to a pupil; every other answer is to an organisation.
    StoryPost(account_id=PE_ID, posted_at=at(11, 5, 16, 30), text="@ffionm_hockey There are spare sticks in the shed.",
          answers="9100000000000000111", asked="Snapped my stick at practice. Typical."),
    # The trips account, which only parents may follow.
    StoryPost(account_id=TRIPS_ID, posted_at=at(10, 12, 9, 30), text="The coach leaves the gate at half past seven."),
    StoryPost(account_id=TRIPS_ID, posted_at=at(11, 4, 13, 20), text="We have arrived, and it is raining.",
          pictures=(("3_9200000000000000913", 5),)),
    StoryPost(account_id=TRIPS_ID, posted_at=at(11, 11, 16, 45), text="Home by six, says the driver."),
)  # fmt: skip
