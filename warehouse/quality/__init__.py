"""Whether the data are whole: Great Expectations over frames in which nobody is named."""
