"""X: posts, followers, mentions, reposts and quotes of the official accounts, asked through tweepy."""
