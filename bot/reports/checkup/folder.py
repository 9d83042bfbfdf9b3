"""The issues."""

from collections.abc import Iterator

from bot.errors import JianbaoError
from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding, error, ok, warning
from bot.words.english import plural

_MOST_NAMED = 10
#: What to do about where issues come from, by whether that is a git repository.
SOURCE_ADVICE = {
    False: "mount the folder, or name another there",
    True: "mend what it says; docs/git.md has what opens a repository",
}


def check_issues(facts: Facts) -> Iterator[Finding]:
    """Whether the folder can be read, and what in it cannot."""
    listing, folder = facts.listing, facts.settings.issues_place
    if isinstance(listing, JianbaoError):
        yield error("issues", str(listing), SOURCE_ADVICE[facts.settings.source.git is not None])
        return
    found = f"{len(listing.files)} in {folder}"
    if listing.unread:
        found += f" (the newest are looked into; {listing.unread} older ones are new too, and are not)"
    if not facts.settings.names_issues:
        yield warning(
            "issues", f"{found}, the samples", "name your folder: JIANBAO_ISSUES, or issues in bot.yml"
        )
    elif listing.trouble:
        yield warning(
            "issues", f"{found}, which may not be the newest: {listing.trouble}", SOURCE_ADVICE[True]
        )
    elif not listing.files:
        yield warning("issues", f"none in {folder}", "see files in digest.yml: which names issues have")
    else:
        yield ok("issues", f"{found}, the last {listing.files[-1].slug}")
    if listing.problems:
        named = [f"{one.shown} {one.reason}" for one in listing.problems[:_MOST_NAMED]]
        more = len(listing.problems) - len(named)
        what = "; ".join((*named, *([f"and {more} more"] if more else [])))
        count = len(listing.problems)
        files = f"{plural(count, 'file')} {'is' if count == 1 else 'are'}"
        yield warning("issues", f"{files} passed over: {what}", "mend them, or move them out of the folder")
