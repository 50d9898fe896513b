"""What the platforms' APIs have in common: lists in pages, a ledger of requests, errors, one pull for each account."""
