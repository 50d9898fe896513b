"""Media: the bytes of pictures, from the platforms' own hosts and no others, read with care."""
