"""The demo's platforms with what only tests ask of them: moods, look-ups that fail, and consents."""
