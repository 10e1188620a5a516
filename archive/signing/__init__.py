"""Electronic signatures (PAdES) on issued editions: keys, stamps, signing, checking.

pyHanko takes over a second to import, so who serves pages imports these modules only where something is signed.
"""
