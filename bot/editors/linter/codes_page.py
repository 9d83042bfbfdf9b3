"""The table of codes as a page of the documentation."""

from bot.digest.codes import Code
from bot.editors.linter.codes import CODES

_WIDEST = 90  # characters of an example's line

_HEAD = """\
# What `jianbao check` finds

Made by `jianbao check --codes` from the table of codes; change it there.

An **error** is what readers see broken or lose; a **warning** is worth a look. The exit code is 1 where
there are errors (with `--strict`, warnings too), else 0. What `--fix` mends has one right answer; where it
has not, the finding stays.

```sh
jianbao check issues                         # a folder, or any files
jianbao check issues/2026-11-16.md --diff    # what --fix would change, and nothing written
jianbao check issues/2026-11-16.md --fix     # mend it
jianbao check issues --format github         # in a workflow of GitHub: notes beside the lines
```

As a hook of [pre-commit](https://pre-commit.com), in the repository of the issues:

```yaml
repos:
  - repo: <address of this project>
    rev: <a version of it>
    hooks:
      - id: jianbao-check
        args: [--strict]
```
"""


def as_markdown() -> str:
    """What each code means, with a bad and a good example."""
    rows = "\n".join(
        f"| [`{code.name}`](#{code.name}) | {code.level} | {code.message} | {'yes' if code.mends else ''} |"
        for code in CODES.values()
    )
    table = f"| code | level | what is wrong | `--fix` |\n|---|---|---|---|\n{rows}\n"
    return "\n".join((_HEAD, table, *map(_entry, CODES.values())))


def _entry(code: Code) -> str:
    parts = [f"## {code.name}", f"{code.level.capitalize()}: {code.message}. {code.advice}"]
    if code.earlier:
        parts.append(f"An earlier issue has:\n\n{_example(code.earlier)}")
    if code.bad:
        parts += (f"Bad{_saved(code)}:\n\n{_example(code.bad)}", f"Good:\n\n{_example(code.good)}")
    return "\n\n".join(parts) + "\n"


def _saved(code: Code) -> str:
    """How the bad example is saved, where that is what is bad about it."""
    if code.bad != code.good:
        return ""
    return f" (in a file named `{code.file}`, saved as {code.encoding})"


def _example(text: str) -> str:
    lines = (line if len(line) <= _WIDEST else line[:_WIDEST] + " …" for line in text.split("\n"))
    shown = "\n".join(lines).replace("\r", "␍").rstrip("\n")
    return f"````markdown\n{shown}\n````"
