"""What every part of the program needs to know of a platform, written down once for each: `registry` has them all."""
