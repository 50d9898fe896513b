"""The X archive source: what the account's own "download your data" file shows, at no cost."""

from connectors.x_archive.pull import XArchiveSource, made_at

__all__ = ["XArchiveSource", "made_at"]
