"""When two addresses are one: web pages by what the address names, papers by their arXiv id."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_NEW_ID = r"\d{4}\.\d{4,5}"
_OLD_ID = r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_PAPER = re.compile(
    rf"""(?:^|//|\.)(?:arxiv|ar5iv|alphaxiv|ar5iv\.labs\.arxiv)\.org/[a-z]+/(?P<site>{_NEW_ID}|{_OLD_ID})
       | 10\.48550/arXiv\.(?P<doi>{_NEW_ID})
       | //(?:www\.)?huggingface\.co/papers/(?P<page>{_NEW_ID})""",
    re.VERBOSE | re.IGNORECASE,
)
_TAG = re.compile(rf"(?:arxiv\s*[:：]?\s*)?({_NEW_ID})(?:v\d+)?", re.IGNORECASE)
#: Query keys that tell where a reader comes from and not what is read.
_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|[a-z]*clid|spm|from|ref|ref_src|scene|subscene|clicktime|enterid|sharer_.*"
    r"|share_.*|srcid|chksm|mpshare|isappinstalled|sessionid|ascene|devicetype|nettype|pass_ticket",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index\.html?)?$", re.IGNORECASE)


def paper(address: str) -> str | None:
    """The arXiv id of the paper at an address, abstract or PDF in whatever version; None for another page."""
    found = _PAPER.search(address)
    return (found["site"] or found["doi"] or found["page"]).casefold() if found else None


def paper_of_tag(tag: str) -> str | None:
    """The arXiv id that a tag is, as in ``[1812.00332]``; None for another tag."""
    found = _TAG.fullmatch(tag.strip())
    return found[1] if found else None


def same_page(address: str) -> str:
    """What is the same for all addresses of a page.

    Scheme, ``www.``, a slash at the end, tracking parameters, their order and a fragment do not
    part two addresses; a fragment that is a path of its own (``#/``, ``#!``) does.
    """
    try:
        parts = urlsplit(address.strip())
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0])]
    except ValueError:  # no address at all
        return address.strip()
    host = parts.netloc.rpartition("@")[2].casefold().removeprefix("www.")
    route = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    path = _INDEX.sub("", unquote(parts.path))
    return "".join(
        (host, path, f"?{urlencode(sorted(query))}" if query else "", f"#{route}" if route else "")
    )


def _tracks(key: str) -> bool:
    return _TRACKING.fullmatch(key) is not None
