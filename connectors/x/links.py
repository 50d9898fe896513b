"""The addresses behind X's short links: X shows t.co links in a profile, and tells beside them where they lead."""

from connectors.json_fields import Fields


def with_whole_links(user: Fields) -> tuple[str | None, str | None]:
    """Return a user's address and bio, each short link replaced by the address that X says it stands for."""
    url, bio = user.maybe_text("url"), user.maybe_text("description")
    entities = user.maybe_part("entities")
    if entities is None:
        return url, bio
    of_url, of_bio = (_addresses(entities, name) for name in ("url", "description"))
    entities.done()
    for short, whole in of_bio.items():
        bio = bio.replace(short, whole) if bio else bio
    return of_url.get(url or "", url), bio


def _addresses(entities: Fields, name: str) -> dict[str, str]:
    part = entities.maybe_part(name)
    if part is None:
        return {}
    addresses = {}
    for link in part.parts("urls"):
        short, whole = link.maybe_text("url"), link.maybe_text("expanded_url")
        link.ignore("start", "end", "display_url", "unwound_url", "status", "title", "description", "images")
        link.done()
        if short and whole:
            addresses[short] = whole
    part.ignore("mentions", "hashtags", "cashtags")
    part.done()
    return addresses
