"""What a school's own policy is made of: its structure in any kind of file, and what is proposed for each clause."""
