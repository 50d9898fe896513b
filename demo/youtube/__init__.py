"""The simulated YouTube: Data API v3 for one channel, as its discovery document and its observed manners have it."""
