"""What may befall accounts, posts, videos and comments of a simulated world between two looks; counts follow."""

from collections import Counter

from demo.model import World

_COUNTED = {"reposted": "repost_count", "quoted": "quote_count", "replied_to": "reply_count"}


def suspend(world: World, *user_ids: str) -> None:
    """Let X suspend these accounts: no list shows them, every count counts them, look-ups say it."""
    for user_id in user_ids:
        world.x.users[user_id].suspended = True


def reinstate(world: World, *user_ids: str) -> None:
    """Let X give these accounts back."""
    for user_id in user_ids:
        world.x.users[user_id].suspended = False


def protect(world: World, *user_ids: str) -> None:
    """Let these accounts show their posts to followers alone."""
    for user_id in user_ids:
        world.x.users[user_id].protected = True


def rename(world: World, *user_ids: str) -> None:
    """Let these accounts go by another handle and another name, and say nothing of themselves; ids stay."""
    for user_id in user_ids:
        user = world.x.users[user_id]
        user.username, user.name = f"n{user_id}"[:15], "somebody else"
        user.description = user.location = ""


def delete_account(world: World, *user_ids: str) -> None:
    """Delete these accounts, and with them what they wrote and whom they followed."""
    for account_id in world.x.followers:
        unfollow(world, account_id, *user_ids)
        stop_following(world, account_id, *user_ids)
    delete_post(world, *(post.id for post in world.x.posts.values() if post.author_id in user_ids))
    for user_id in user_ids:
        del world.x.users[user_id]


def unfollow(world: World, account_id: str, *user_ids: str) -> None:
    """Let these accounts follow this one no more."""
    followers = world.x.followers[account_id]
    world.x.followers[account_id] = left = [each for each in followers if each not in user_ids]
    world.x.users[account_id].followers_count -= len(followers) - len(left)


def follow(world: World, account_id: str, *user_ids: str) -> None:
    """Let these accounts follow this one, on top of its list."""
    world.x.followers[account_id][:0] = user_ids
    world.x.users[account_id].followers_count += len(user_ids)


def stop_following(world: World, account_id: str, *user_ids: str) -> None:
    """Let this account follow those no more."""
    followed = world.x.following.get(account_id, [])
    world.x.following[account_id] = left = [each for each in followed if each not in user_ids]
    world.x.users[account_id].following_count -= len(followed) - len(left)


def delete_post(world: World, *post_ids: str) -> None:
    """Delete these posts, reposts, quotes or answers."""
    for post_id in post_ids:
        post = world.x.posts.pop(post_id)
        author = world.x.users.get(post.author_id)
        if author is not None and author.post_count:
            author.post_count -= 1
        for kind, other in post.references:
            if shared := world.x.posts.get(other):
                setattr(shared, _COUNTED[kind], max(0, getattr(shared, _COUNTED[kind]) - 1))


def unlike(world: World, account_id: str, *post_ids: str) -> None:
    """Let this account like these posts no more."""
    world.x.liked[account_id] = [each for each in world.x.liked.get(account_id, []) if each not in post_ids]


def delete_video(world: World, *video_ids: str) -> None:
    """Delete these videos, and the comments below them."""
    tube = world.youtube
    tube.videos = [video for video in tube.videos if video.id not in video_ids]
    tube.comments = [comment for comment in tube.comments if comment.video_id not in video_ids]


def make_private(world: World, *video_ids: str) -> None:
    """Let nobody but the school see these videos."""
    for video in world.youtube.videos:
        if video.id in video_ids:
            video.privacy = "private"


def delete_comment(world: World, *comment_ids: str) -> None:
    """Delete these comments on YouTube, and the answers to them."""
    kept = [comment for comment in world.youtube.comments if not {comment.id, comment.parent_id} & {*comment_ids}]
    world.youtube.comments = kept


def unsubscribe(world: World, *channel_ids: str) -> None:
    """Let these channels subscribe no more."""
    world.youtube.subscribers = [
        subscriber for subscriber in world.youtube.subscribers if subscriber.channel_id not in channel_ids
    ]


def subscribe_in_private(world: World, *channel_ids: str) -> None:
    """Let nobody see to what these channels subscribe."""
    for subscriber in world.youtube.subscribers:
        if subscriber.channel_id in channel_ids:
            subscriber.is_public = False


def count(world: World) -> None:
    """Set every count of the official accounts and of their posts by what is there."""
    posts = world.x.posts.values()
    written = Counter(post.author_id for post in posts)
    answers = Counter(reference for post in posts for reference in post.references)
    for account_id, followers in world.x.followers.items():
        official = world.x.users[account_id]
        official.followers_count = len(followers)
        official.following_count = len(world.x.following.get(account_id, []))
        official.post_count = written[account_id]
    for post in posts:
        post.repost_count = answers["reposted", post.id]
        post.quote_count = answers["quoted", post.id]
        post.reply_count = answers["replied_to", post.id]
