"""The checks in the order in which they are shown: from what all else needs to what is seldom wrong."""

from collections.abc import Callable, Iterable, Iterator

from bot.reports.checkup.database import check_database
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding
from bot.reports.checkup.folder import check_issues
from bot.reports.checkup.machine import check_disk, check_memory
from bot.reports.checkup.program import check_configuration, check_files, check_program
from bot.reports.checkup.second_reader import check_second_reader
from bot.reports.checkup.sending import (
    check_admin_chat,
    check_due,
    check_lease,
    check_losses,
    check_rate,
    check_running,
    check_topics,
)
from bot.reports.checkup.telegram import (
    check_clock,
    check_groups,
    check_inline,
    check_proxy,
    check_token,
    check_webhook,
)
from bot.reports.checkup.times import check_holds, check_jobs, check_next_issue, check_zone

Check = Callable[[Facts], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_program,
    check_configuration,
    check_files,
    check_proxy,
    check_token,
    check_webhook,
    check_inline,
    check_groups,
    check_clock,
    check_issues,
    check_second_reader,
    check_database,
    check_lease,
    check_running,
    check_due,
    check_rate,
    check_losses,
    check_topics,
    check_admin_chat,
    check_zone,
    check_jobs,
    check_next_issue,
    check_holds,
    check_disk,
    check_memory,
)


def checkup(facts: Facts) -> Iterator[Finding]:
    """What all of them find."""
    for check in CHECKS:
        yield from check(facts)
