"""The X archive source: what the account's own "download your data" file shows, at no cost."""
