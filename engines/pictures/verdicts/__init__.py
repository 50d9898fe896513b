"""From what was found in a picture to verdicts: approved or not, for a channel and a day.

What stands here needs no library for images; `picture_parts`, which words what was found, does.
"""
