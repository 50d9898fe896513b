"""What is measured of one picture: hashes, keypoints, faces, and which masters are duplicates."""
