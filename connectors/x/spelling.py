"""The two spellings of X's post fields: before and after it renamed them in August 2026 (2.166 and 2.167).

Answers are read in either; requests begin with the old one, which the prose documents still use,
and change to the new one when X refuses a field parameter. A refused request costs nothing.
"""

from dataclasses import dataclass

USER_FIELDS = "created_at,description,id,location,name,profile_image_url,protected,public_metrics,url,username"
MEDIA_FIELDS = "alt_text,height,media_key,preview_image_url,type,url,width"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How to ask for posts: the parameter's name, its fields, and the expansions."""

    parameter: str
    fields: str
    references: str
    addressee: str | None

    def posts(self, *, media: bool, authors: bool) -> dict[str, str]:
        """Return the parameters that ask for posts, with their media or with their authors."""
        wanted = [self.references]
        wanted += [self.addressee] if self.addressee else []
        wanted += ["attachments.media_keys"] if media else []
        wanted += ["author_id"] if authors else []
        parameters = {self.parameter: self.fields, "expansions": ",".join(sorted(wanted))}
        if media:
            parameters["media.fields"] = MEDIA_FIELDS
        if authors:
            parameters["user.fields"] = USER_FIELDS
        return parameters


BEFORE = Spelling(
    parameter="tweet.fields",
    fields=(
        "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,id,"
        "in_reply_to_user_id,note_tweet,public_metrics,referenced_tweets,text"
    ),
    references="referenced_tweets.id",
    addressee=None,
)
AFTER = Spelling(
    parameter="post.fields",
    fields="attachments,conversation_id,created_at,id,note_post,public_metrics,text",
    references="edit_history_post_ids,referenced_posts",
    addressee="in_reply_to_user_id",
)
SPELLINGS = (BEFORE, AFTER)
