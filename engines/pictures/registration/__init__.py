"""Where a master lies in a posted picture, and the two brought to one size and place."""
