"""YouTube: the videos, subscribers and comments of the official channels, asked as their owner."""
