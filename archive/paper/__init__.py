"""Signatures and stamps on paper: the signature sheet of an edition, the year's overview, the register of the seal."""
