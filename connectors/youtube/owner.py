"""Asks YouTube whose a channel is, and whether its comments may be read: two requests of one unit each."""

from connectors.api.account_shown import AccountShown
from connectors.api.caller import Parameters
from connectors.errors import SourceRefused
from connectors.json_fields import UnknownFields
from connectors.source import Account, RequestCost, Store
from connectors.youtube.channel_pull import ChannelPull
from connectors.youtube.cost import cost
from connectors.youtube.listings import own_channels
from connectors.youtube.pull import YouTubeSource

_COMMENTS = "commentThreads.list"


def shown(source: YouTubeSource, account: Account, store: Store) -> AccountShown:
    """Return the channel that these credentials own, the school's first; SourceError when no answer comes."""
    with source.opened(account, store, UnknownFields("youtube"), set()) as pull:
        profiles = [channel.profile for channel in own_channels(pull)]
        if not profiles:
            return AccountShown("missing")
        own = next((p for p in profiles if p.account_id == account.account_id), profiles[0])
        refused = _refused(pull) if own.account_id == account.account_id else ()
        return AccountShown("shown", own.account_id, own.handle, refused)


def cost_of_asking() -> RequestCost:
    """Return what the questions cost at the most."""
    return RequestCost(units=cost("channels.list").units + cost(_COMMENTS).units)


def _refused(pull: ChannelPull) -> tuple[str, ...]:
    """Ask for one comment: it needs the widest scope that a pull needs, so whoever may read it may read the rest."""
    parameters: Parameters = {"part": "id", "allThreadsRelatedToChannelId": pull.channel_id, "maxResults": 1}
    try:
        list(pull.items("comments", _COMMENTS, parameters, lambda _page: True))
    except SourceRefused as error:
        if error.word != "commentsDisabled":
            if error.reason != "forbidden":
                raise
            return ("comments",)
    return ()
