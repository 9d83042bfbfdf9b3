"""Everything in one database, noun by noun."""

from dataclasses import dataclass
from typing import Self

from bot.model import ChatRole
from bot.storage.accepted_lengths import AcceptedLengths
from bot.storage.approvals import Approvals
from bot.storage.asked_pushes import AskedPushes
from bot.storage.broadcasts import Broadcasts
from bot.storage.channels import Channels
from bot.storage.corrections_told import CorrectionsTold
from bot.storage.database import Database
from bot.storage.deliveries import Deliveries
from bot.storage.desk_messages import DeskMessages
from bot.storage.entries import Entries
from bot.storage.entry_index import EntryIndex
from bot.storage.figures import Figures
from bot.storage.forgetting import Forgetting
from bot.storage.group_chats import GroupChats
from bot.storage.holds import Holds
from bot.storage.hours_due import HoursDue
from bot.storage.issue_files import IssueFiles
from bot.storage.issues import Issues
from bot.storage.kept_jumps import KeptJumps
from bot.storage.kept_rows import KeptRows
from bot.storage.learnt_limits import LearntLimits
from bot.storage.leases import Leases
from bot.storage.listed_issues import ListedIssues
from bot.storage.missed_issues import MissedIssues
from bot.storage.mistakes import Mistakes
from bot.storage.named_texts import NamedTexts
from bot.storage.news import NewsStore
from bot.storage.past import OpenPushes
from bot.storage.pins import Pins
from bot.storage.planner import Planner
from bot.storage.reader_hours import ReaderHours
from bot.storage.retention import Retention
from bot.storage.role_chats import RoleChats
from bot.storage.saved_items import SavedItems
from bot.storage.second_readings import SecondReadings
from bot.storage.statistics import Statistics
from bot.storage.subscribers import Subscribers
from bot.storage.tallies import Tallies
from bot.storage.threads import Threads
from bot.storage.timestamps import Timestamps
from bot.storage.topic_answers import TopicAnswers
from bot.storage.updates import Updates
from bot.storage.votes import Votes
from bot.storage.weekly import Weekly


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """The database and its nouns."""

    database: Database
    issues: Issues
    issue_files: IssueFiles
    holds: Holds
    listed_issues: ListedIssues
    missed_issues: MissedIssues
    kept_rows: KeptRows
    forgetting: Forgetting
    retention: Retention
    entries: Entries
    entry_index: EntryIndex
    saved_items: SavedItems
    named_texts: NamedTexts
    subscribers: Subscribers
    threads: Threads
    reader_hours: ReaderHours
    hours_due: HoursDue
    deliveries: Deliveries
    planner: Planner
    asked_pushes: AskedPushes
    open_pushes: OpenPushes
    statistics: Statistics
    broadcasts: Broadcasts
    figures: Figures
    tallies: Tallies
    leases: Leases
    learnt_limits: LearntLimits
    updates: Updates
    timestamps: Timestamps
    kept_jumps: KeptJumps
    admin_chats: RoleChats
    editors_chats: RoleChats
    news: NewsStore
    approvals: Approvals
    accepted_lengths: AcceptedLengths
    desk_messages: DeskMessages
    channels: Channels
    pins: Pins
    group_chats: GroupChats
    corrections_told: CorrectionsTold
    weekly: Weekly
    mistakes: Mistakes
    votes: Votes
    second_readings: SecondReadings
    topic_answers: TopicAnswers

    @classmethod
    def of(cls, database: Database) -> Self:
        """All of one database."""
        return cls(
            database=database,
            issues=Issues(database),
            issue_files=IssueFiles(database),
            holds=Holds(database),
            listed_issues=ListedIssues(database),
            missed_issues=MissedIssues(database),
            kept_rows=KeptRows(database),
            forgetting=Forgetting(database),
            retention=Retention(database),
            entries=Entries(database),
            entry_index=EntryIndex(database),
            saved_items=SavedItems(database),
            named_texts=NamedTexts(database),
            subscribers=Subscribers(database),
            threads=Threads(database),
            reader_hours=ReaderHours(database),
            hours_due=HoursDue(database),
            deliveries=Deliveries(database),
            planner=Planner(database),
            asked_pushes=AskedPushes(database),
            open_pushes=OpenPushes(database),
            statistics=Statistics(database),
            broadcasts=Broadcasts(database),
            figures=Figures(database),
            tallies=Tallies(database),
            leases=Leases(database),
            learnt_limits=LearntLimits(database),
            updates=Updates(database),
            timestamps=Timestamps(database),
            kept_jumps=KeptJumps(database),
            admin_chats=RoleChats(database, ChatRole.ADMIN),
            editors_chats=RoleChats(database, ChatRole.EDITORS),
            news=NewsStore(database),
            approvals=Approvals(database),
            accepted_lengths=AcceptedLengths(database),
            desk_messages=DeskMessages(database),
            channels=Channels(database),
            pins=Pins(database),
            group_chats=GroupChats(database),
            corrections_told=CorrectionsTold(database),
            weekly=Weekly(database),
            mistakes=Mistakes(database),
            votes=Votes(database),
            second_readings=SecondReadings(database),
            topic_answers=TopicAnswers(database),
        )
