"""The desk's own style and script."""
