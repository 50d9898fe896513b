"""What a letter to one child's family rests on: the registers' rows about them and their photographs."""
