"""The desk: the pages in which people clear the week's exceptions, over the published copy and the casebook."""
