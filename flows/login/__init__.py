"""`audit login`: an official account's owner lets the audit read it, in a browser, and nothing secret is typed."""
