"""The portal as people use it: a real browser, real processes, one story from class list to archive."""
