"""From a file in the folder to rows in the ledger.

========== =============================================================
Every method may run at any time, and twice: what there is to do follows from the folder and the
database, not from the time at which it was started.
"""
