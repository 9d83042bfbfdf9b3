"""The label that a text begins with, whatever it is: ``摘要：``, ``Paper:``."""

import re

#: What no label holds.
IN_LABEL = r"：:。，,；;！？!?\[\]\n"
_LABEL = re.compile(
    rf"(?P<label>[^\s{IN_LABEL}](?:[^{IN_LABEL}]{{0,18}}[^\s{IN_LABEL}])?)\s{{0,8}}(?:：|:(?!//))"
)
_LONG = re.compile(rf"\s*(?P<label>[^\s{IN_LABEL}][^{IN_LABEL}]{{19,60}}?)\s{{0,8}}(?:：|:(?!//))")
_LONGEST_LABEL = 30  # characters, with the blanks before its colon


def leading_label(text: str) -> tuple[str, int] | None:
    """The words before the first colon of a text, at most twenty characters, and where the colon ends.

    None if it begins with no label: there is no colon, a mark comes before it, or it is that of an address.
    """
    start = len(text) - len(text.lstrip())
    near = text[start : start + _LONGEST_LABEL]
    found = _LABEL.match(text, start) if "：" in near or ":" in near else None
    return (found["label"], found.end()) if found else None


def long_label(text: str) -> tuple[str, int] | None:
    """The same of a label of more characters, which nothing but an address makes one."""
    found = _LONG.match(text)
    return (found["label"], found.end()) if found else None
