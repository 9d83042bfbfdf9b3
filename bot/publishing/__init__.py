"""From a file in the folder to rows in the ledger.

========= ====================================================================
intake    takes in what is new or corrected in the folder
publisher publishes what is due; publishes, corrects and retracts on request
decisions what to do about a file, and which issues may go out; pure
lookup    the issue that somebody named
========= ====================================================================

All of it reconciles: what must be done comes from the folder and the database, never from the
fact that a clock struck, so every method may run at any time, and twice.
"""
