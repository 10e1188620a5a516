"""An invented school to try the portal with: the same seed always makes the same school.

Everything is written through the actions that the pages use. Each part of the story is one module, called in
turn by `school.build`.
"""
