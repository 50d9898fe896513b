"""The posts, videos and pictures that the tests of the pictures check draw."""

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 4       | 4
    youtube  | UC1        | 3       | 3
"""
POSTS = """
    post_id | posted_at              | is_current
    --------+------------------------+-----------
    p1      | 2026-10-01 09:00:00+00 | true
    p2      | 2026-10-02 09:00:00+00 | true
    p3      | 2026-10-03 09:00:00+00 | false
"""
MEDIA = """
    post_id | medium_id | kind
    --------+-----------+-------------
    p1      | 3_1       | photo
    p1      | 3_2       | photo
    p2      | 16_1      | animated_gif
    p3      | 3_3       | photo
"""
MOVING = "Of 1 animation on X at most the first picture was compared."
VIDEOS = """
    platform | account_id | post_id | kind  | visibility | posted_at              | is_current
    ---------+------------+---------+-------+------------+------------------------+-----------
    youtube  | UC1        | v1      | video | public     | 2026-09-01 10:00:00+00 | true
    youtube  | UC1        | v2      | video | unlisted   | 2026-09-02 10:00:00+00 | true
    youtube  | UC1        | v3      | video | private    | 2026-09-03 10:00:00+00 | false
    youtube  | UC1        | v4      | video | public     | 2026-09-04 10:00:00+00 | true
    youtube  | UC1        | v5      | video | public     | 2026-09-05 10:00:00+00 | true
    youtube  | UC1        | v6      | video | public     | 2026-09-06 10:00:00+00 | true
"""
