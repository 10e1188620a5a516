"""Snapshots of class books at every lock and after every correction, and what differs between two of them.

The gradebook and the corrections know nothing of the archive. What says that a snapshot is due is the audit event that
a lock and an execution write in their own transaction: it is there exactly when the act is, whatever becomes of
workers and brokers. (A seal would not do: it is made after the commit and may fail.) Every fifteen seconds the
scheduler looks for acts that nobody has looked at.
"""
