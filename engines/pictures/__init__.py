"""Whether a posted picture is an approved one: bytes and features in, verdicts out; no database, no clock.

album          the doors: a register of masters from files, and a posted picture scanned beside it
recognition    which masters a picture shows
decoding       bytes to pixels, in a process of their own
features       hashes, keypoints, faces
index          the masters, and which few of them a picture may show
registration   where a master lies in a picture
comparison     what the aligned pair shows differently
closeness      the last look, with all the pixels that there are
verdicts       approved or not, for a channel and a day; light enough for every check
"""
