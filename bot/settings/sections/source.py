"""The git repository that issues come from."""

import re
from pathlib import Path, PurePosixPath
from typing import Annotated, Self
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field, model_validator

from bot.settings.sections.section import Section
from bot.words.addresses import is_this_machine

_HTTP = ("http", "https")
_SCP = re.compile(r"(?:[\w.-]+@)?[A-Za-z0-9][\w.-]*:(?!//)[^\s]+")  # git@host:path, as forges write it
_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|[/.]$|\.lock$")  # git check-ref-format
#: How forges begin the tokens that they give out, and how long a word may be before it counts as one.
_TOKEN = re.compile(r"(?i)gh[opsur]_|github_pat_|gl(?:pat|dt|rt|ptt|cbt|ft|oas|soat)-|[^.]{20}[^.]*$")
#: Users that forges themselves name beside a token, as long as they are.
_BESIDE_TOKEN = re.compile(r"gitlab\+deploy-token-\d+|x-bitbucket-api-token-auth")
_USE_A_FILE = "write it into a file, and name that in source.token_file"


def _repository(address: str) -> str:
    try:
        parts = urlsplit(address)
        password, _ = parts.password, parts.port
    except ValueError:
        raise ValueError("is no address") from None
    if password is not None:
        raise ValueError(f"must hold no password; {_USE_A_FILE}")
    if parts.scheme in _HTTP and _is_token(unquote(parts.username or "")):
        raise ValueError(f"must hold no token; {_USE_A_FILE}")
    known = parts.scheme in {*_HTTP, "ssh"} and parts.hostname
    if not (known or parts.scheme == "file" or address.startswith("/") or _SCP.fullmatch(address)):
        raise ValueError(
            "must be https://host/path, ssh://user@host/path, user@host:path, or a path that begins with /"
        )
    return address


def _is_token(user: str) -> bool:
    return _TOKEN.match(user) is not None and _BESIDE_TOKEN.fullmatch(user) is None


def _branch(name: str) -> str:
    if _NO_BRANCH.search(name):
        raise ValueError(f"{name!r} is no name of a branch, such as main")
    return name


def _folder(name: str) -> str:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or not name.isprintable():
        raise ValueError("must be a path in the repository, such as issues, without ..")
    return "/".join(parts)


def _path(path: str) -> str:
    if not re.fullmatch(r"/[\w./-]*", path):
        raise ValueError("must be a path such as /source")
    return path


class GitHookSettings(Section):
    """Lets the forge say that there is something new, at `web.port`: the repository is then asked at once."""

    secret_file: Path | None = Field(
        default=None,
        description="A file with the secret that the forge signs with or shows (GitHub, Gitea, Forgejo,"
        " GitLab), 16 characters at least; without it nobody is listened to.",
    )
    path: Annotated[str, AfterValidator(_path)] = Field(
        default="/source", description="The path of the address that the forge calls."
    )


class SourceSettings(Section):
    """A git repository that the issues come from, in place of the folder `issues`; docs/git.md says how."""

    git: Annotated[str, AfterValidator(_repository)] | None = Field(
        default=None,
        description="Its address: https://, ssh:// or user@host:path, without a password or a token; or its"
        " path.",
    )
    branch: Annotated[str, AfterValidator(_branch)] | None = Field(
        default=None, description="The branch to read; without it, the one that the repository shows first."
    )
    folder: Annotated[str, AfterValidator(_folder)] | None = Field(
        default=None, description="The folder of the issues in it; without it, all of it."
    )
    poll: float = Field(
        default=60.0,
        ge=0.1,
        le=86_400,
        description="Seconds between two questions whether there is something new, each at a time of"
        " `schedule.read`.",
    )
    token_file: Path | None = Field(
        default=None, description="A file with the token or password that opens it over https://."
    )
    key_file: Path | None = Field(
        default=None, description="A file with the private key, without a passphrase, that opens it over SSH."
    )
    known_hosts_file: Path | None = Field(
        default=None,
        description="A file with the keys of hosts that SSH trusts; without it, what SSH itself knows.",
    )
    mirror: Path | None = Field(
        default=None,
        description="The folder where what was fetched is kept; without it, `mirror` beside the SQLite file,"
        " or with PostgreSQL `data/mirror` in the current folder.",
    )
    most_megabytes: float = Field(
        default=200.0,
        gt=0,
        le=100_000,
        description="Megabytes that what is fetched may have; with more it is not read.",
    )
    webhook: GitHookSettings = GitHookSettings()

    @model_validator(mode="after")
    def _opens(self) -> Self:
        """A token goes over HTTPS alone, but to this machine; a key over SSH alone."""
        if self.git is None:
            return self
        parts = urlsplit(self.git)
        over_ssh = parts.scheme == "ssh" or bool(not parts.scheme and _SCP.fullmatch(self.git))
        if parts.scheme in _HTTP and parts.username is not None and not self.token_file:
            raise ValueError(f"git: a user is named beside a token alone; if it is one, {_USE_A_FILE}")
        if self.token_file and parts.scheme not in _HTTP:
            raise ValueError("token_file: a token opens https:// alone; name a key_file for SSH")
        if self.token_file and parts.scheme == "http" and not is_this_machine(parts.hostname or ""):
            raise ValueError("token_file: over http:// anybody on the way could read the token; use https://")
        if (self.key_file or self.known_hosts_file) and not over_ssh:
            raise ValueError("key_file: a key opens SSH alone; name a token_file for https://")
        return self
