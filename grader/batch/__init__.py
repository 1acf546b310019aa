"""Marks many submissions: in several processes or on a cluster, with a ledger that outlives a kill."""
