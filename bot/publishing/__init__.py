"""From a file in the folder to rows in the ledger.

=========== ====================================================================
claims      the code by which a chat becomes that of operators or editors
dividing    a file of several issues as one for each
holding     an operator holds what is to go out, and lets it go on
length      how long an issue may be to go out by itself
approving   what goes out only once an editor has approved its text
indexing    makes the entries of issues anew that are read otherwise now
found       what a reading of the folder finds
intake      takes in what is new or corrected in the folder
examining   what a file asks for; taking carries it out
file_watch  which files are away, and which are those of known issues under another name
likeness    whether two texts are one issue
pending     corrections that wait
events      what happens to issues, told to the log and to editors
publisher   publishes what is due; publishes, corrects and retracts on request
needs       what intake and publisher need of others
notices     sends a word that is no issue
decisions   what to do with a file, and which issues may be published; pure
lookup      the issue that a person named
=========== ====================================================================

Every method may run at any time, and twice: what there is to do follows from the folder and the
database, not from the time at which it was started.
"""
