"""What the invented school posts: as many as it says, of every kind, and the everyday ones beyond reproach."""

from collections import Counter

from demo.school import story
from demo.school.followers import following
from demo.school.posts import official, post_id
from demo.school.story import LONDON


def test_the_official_posts_are_181_of_every_kind() -> None:
    posts = [dated.post for dated in official()]
    kinds = Counter(kind for post in posts for kind, _ in post.references)

    assert len(posts) == 181
    assert set(kinds) == {"replied_to", "reposted", "quoted"}
    assert sum(len(post.versions) == 2 for post in posts) == 1
    assert sum(len(post.media_keys) == 2 for post in posts) == 1
    assert sum(medium.type == "video" for dated in official() for medium in dated.media) == 1


def test_everyday_posts_go_out_by_day_answer_organisations_and_say_what_their_pictures_show() -> None:
    organisations = set(following().organisations)
    told = {post_id(shown.posted_at) for shown in story.POSTS}
    everyday = [dated for dated in official() if dated.post.id not in told]
    hours = {dated.post.created_at.astimezone(LONDON).hour for dated in everyday}
    a_day = Counter((dated.post.author_id, dated.post.created_at.date()) for dated in official())

    assert len(everyday) == 142
    assert min(hours) >= 8
    assert max(hours) < 19
    assert max(a_day.values()) < 10
    assert {dated.other.author_id for dated in everyday if dated.other} <= organisations
    assert all(medium.alt_text for dated in everyday for medium in dated.media)
