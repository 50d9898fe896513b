"""The two spellings of X's field names: before (2.166) and after (2.167) the rename of 7 August 2026.

Inside the simulator the new names are used; `Spelling.wire` gives the name that goes over the wire.
What each edition's parameters take stands in `fields.toml`.
"""

from dataclasses import dataclass

from demo.tables import read_tables

RENAMED = {
    "edit_history_post_ids": "edit_history_tweet_ids",
    "referenced_posts": "referenced_tweets",
    "note_post": "note_tweet",
    "pinned_post_id": "pinned_tweet_id",
    "most_recent_post_id": "most_recent_tweet_id",
    "repost_count": "retweet_count",
    "post_count": "tweet_count",
    "post": "tweet",
    "posts": "tweets",
}
NEW_NAMES = {old: new for new, old in RENAMED.items()}
EXPANSIONS_RENAMED = {
    "referenced_tweets.id": "referenced_posts",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "pinned_tweet_id": "pinned_post_id",
    "most_recent_tweet_id": "most_recent_post_id",
    "affiliation.user_id": "affiliation",
}

FIELDS: dict[str, dict[str, list[str]]] = read_tables("demo.x", "fields.toml")


@dataclass(frozen=True, slots=True)
class XEdition:
    """One edition of X's published description: the names it uses and the values that its parameters take."""

    version: str
    is_new: bool
    problem_host: str

    def wire(self, name: str) -> str:
        """Return how this edition spells a name that the simulator knows by its new form."""
        return name if self.is_new else RENAMED.get(name, name)

    def post_fields(self) -> dict[str, list[str]]:
        """Return the parameters that choose a post's fields, with what each takes."""
        return {"post.fields" if self.is_new else "tweet.fields": self.takes("post_fields")}

    def takes(self, name: str) -> list[str]:
        """Return the values of a list in `fields.toml`: this edition's, and no others."""
        return FIELDS[self.version][name]


OLD_EDITION = XEdition(version="2.166", is_new=False, problem_host="https://api.twitter.com")
NEW_EDITION = XEdition(version="2.167", is_new=True, problem_host="https://api.x.com")
X_EDITIONS = {edition.version: edition for edition in (OLD_EDITION, NEW_EDITION)}
