"""The two versions of X's API: before and after it renamed the fields of posts in August 2026 (2.166 and 2.167).

Answers are read in either. Requests are in the one that this account's API spoke last; the first ever are in the
old one, which the prose documents still use. When X refuses a field parameter the other one is tried: a refused
request costs no money, but each one counts against the rate limit.
"""

import json
from dataclasses import dataclass

USER_FIELDS = "created_at,description,entities,id,location,name,profile_image_url,protected,public_metrics,url,username"
MEDIA_FIELDS = "alt_text,height,media_key,preview_image_url,type,url,width"

SHOWN = "article.cover_media,article.media_entities,attachments.media_keys,attachments.poll_ids"


@dataclass(frozen=True, slots=True)
class XApiVersion:
    """How to ask for posts: the parameter's name, its fields, and the expansions.

    `own` are the expansions of the account's own posts: their media and polls, and whom they are about;
    `others` are those of posts by others: their polls, and who wrote them.
    """

    parameter: str
    fields: str
    own: str
    others: str

    def posts(self, *, own: bool) -> dict[str, str]:
        """Return the parameters that ask for the account's own posts, or for those of others."""
        parameters = {
            self.parameter: self.fields,
            "expansions": self.own if own else self.others,
            "user.fields": USER_FIELDS,
        }
        return parameters | {"media.fields": MEDIA_FIELDS} if own else parameters


BEFORE = XApiVersion(
    parameter="tweet.fields",
    fields=(
        "article,attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,geo,id,"
        "in_reply_to_user_id,note_tweet,public_metrics,referenced_tweets,text"
    ),
    own=f"{SHOWN},in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.author_id",
    others="attachments.poll_ids,author_id,referenced_tweets.id",
)
AFTER = XApiVersion(
    parameter="post.fields",
    fields="article,attachments,conversation_id,created_at,geo,id,note_post,public_metrics,text",
    # The field author_id comes with the expansion of that name alone, on the posts that are referred to as well.
    own=f"{SHOWN},author_id,edit_history_post_ids,in_reply_to_user_id,referenced_posts",
    others="attachments.poll_ids,author_id,edit_history_post_ids,in_reply_to_user_id,referenced_posts",
)
API_VERSIONS = (BEFORE, AFTER)


def version_of(request: str | None) -> XApiVersion | None:
    """Return the API version of a page's request, JSON as a page keeps it; None when it asked for no posts."""
    asked = json.loads(request) if request is not None else {}
    return next((version for version in API_VERSIONS if version.parameter in asked), None)
