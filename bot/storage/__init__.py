"""The database: issues, subscribers and the ledger of deliveries. SQL stays in here.

============== ===================================================================================
storage        all of the nouns below
database       open, migrate, read and write in transactions
faults         what drivers raise, as StoreBusy, StoreConflict or StoreError
access         what a command may do to a database that is missing or of another revision
addresses      where a database is, as people write it
sqlite_file    the file of an SQLite database, looked at before it is opened; sqlite_connection is how
revision       which schema a database has, and how it comes to the present one
issues         the issues and their text; issue_states says whether they are out, and sets them so
issue_files    where their files lie, and since when one is away
listed_issues  those that readers may see, listed and looked up
kept_rows      which rows are a chat's, table by table
forgetting     how much is kept about a chat, and how it is forgotten
retention      chats that went away, and old rows of the ledger, deleted; past_counts counts them on
missed_issues  those that were published and never came to a chat
entries        the items and flash news of all issues: searched, listed, opened
entry_index    the same as they are written, issue by issue; entry_rows, entry_statements,
               word_search and token_text are its rows and its SQL
saved_items    what readers keep
votes          who likes a part of an issue, or does not; feedback_schema has its table and those below
mistakes       what readers say is wrong with an item, and what an editor answered
weekly         what readers do in a week by topic, and the counts that stay of it
corrections_told
               texts that readers still have of an issue that changed, and which corrections they are told of
named_texts    cuts and words that were asked for, by a name that fits into a button
subscribers    who gets what; subscriber_rows is a row of theirs, subscriber_import takes in many;
               waiting_again and changed_meanwhile are what comes to who is back
reader_hours   when each subscriber wants what comes out, and what waits for that; waiting_rows moves it
hours_due      what is due by them: put off in quiet hours, and several of one reader as one; earlier_lines
               drops the line of one that is taken back
asked_pushes   those that come at once, for their reader asks
threads        who set up a thread, and why one is parked; thread_rows are its rows
planner        rows of the ledger: for everyone, or for one who asked; plan_statements are its SQL,
               and plan_sweep is what ends a plan
deliveries     the ledger itself: what is due, what became of it
statistics     the ledger counted, for people
figures        counts for monitoring
broadcasts     whether an issue is on its way to everybody, and how that ended
chat_migration a chat that got another id
holds          what is kept from going out
copying        rows of whole tables, read and written in great number
moving         a database copied into another, and compared with it
past           a database that is of a past moment, since it was restored
backup         a database as a backup and the other way round; backup_file is the file
leases         who sends; learnt_limits, how much Telegram accepts of it
tallies        what happened when, counted
updates        what people sent that waits, and what was dealt with; ``grouping`` for many writes at once
timestamps     moments to remember; kept_jumps, how the clock that told them was put
postgresql     what only PostgreSQL has, imported where that is the database
role_chats     which chat is the admin chat or the editors', and the code that claims it; admin_schema has
               their tables
channels       what a channel is called, and what its posts have besides text; pins, which of them is on top
group_chats    who let the bot into a group, and why nothing can be sent there
approvals      which text of an issue an editor has approved; accepted_lengths up to how many messages an
               operator lets one be
desk_messages  the bot's messages in the editors' chat
news           what the admin chat is to be told, and what it was told
batch, rows    how many rows become one parameter, and one row a delivery
============== ===================================================================================
"""

from bot.storage.access import Access, older_sender, open_database, reach
from bot.storage.asked_pushes import AskedPushes
from bot.storage.database import Database
from bot.storage.deliveries import Deliveries
from bot.storage.entries import Entries, Page
from bot.storage.entry_index import EntryIndex, IndexProgress, remove_entries, replace_entries
from bot.storage.forgetting import Forgetting, KeptCounts
from bot.storage.holds import EVERYTHING, Holds
from bot.storage.issue_files import IssueFiles
from bot.storage.issues import Issues
from bot.storage.kept_rows import KeptRow, KeptRows
from bot.storage.leases import SENDER, LeaseInfo, Leases
from bot.storage.ledger_counts import CopyChange, Counts, LedgerCounts, StateCount
from bot.storage.listed_issues import ListedIssues, Neighbours
from bot.storage.missed_issues import MissedIssues, MissedPage
from bot.storage.named_texts import NamedTexts
from bot.storage.past import OpenPushes, hold_past
from bot.storage.planner import Planner
from bot.storage.retention import Retention
from bot.storage.revision import HEAD
from bot.storage.saved_items import SavedItems
from bot.storage.statistics import Coverage, LedgerRow, Statistics, Unsent
from bot.storage.storage import Storage
from bot.storage.subscriber_import import Imported, ImportRow
from bot.storage.subscribers import Subscribers
from bot.storage.tallies import Tallies
from bot.storage.timestamps import Timestamps
from bot.storage.updates import Updates

__all__ = [
    "EVERYTHING",
    "HEAD",
    "SENDER",
    "Access",
    "AskedPushes",
    "CopyChange",
    "Counts",
    "Coverage",
    "Database",
    "Deliveries",
    "Entries",
    "EntryIndex",
    "Forgetting",
    "Holds",
    "ImportRow",
    "Imported",
    "IndexProgress",
    "IssueFiles",
    "Issues",
    "KeptCounts",
    "KeptRow",
    "KeptRows",
    "LeaseInfo",
    "Leases",
    "LedgerCounts",
    "LedgerRow",
    "ListedIssues",
    "MissedIssues",
    "MissedPage",
    "NamedTexts",
    "Neighbours",
    "OpenPushes",
    "Page",
    "Planner",
    "Retention",
    "SavedItems",
    "StateCount",
    "Statistics",
    "Storage",
    "Subscribers",
    "Tallies",
    "Timestamps",
    "Unsent",
    "Updates",
    "hold_past",
    "older_sender",
    "open_database",
    "reach",
    "remove_entries",
    "replace_entries",
]
