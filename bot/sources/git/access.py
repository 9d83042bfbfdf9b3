"""Which repository issues come from, and what opens it: a key or a token, each in a file."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.errors import BadInput

#: What git may need of our environment: where programs, certificates and proxies are.
_HANDED_ON = frozenset(
    ("path", "tmpdir", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir")
)
_TOKEN = "JIANBAO_SOURCE_TOKEN_FILE"  # noqa: S105  # the name of a variable that names a file
#: Prints the token for git: read by the shell itself, so that no argument ever holds it.
_HELPER = (
    "!f() { test \"$1\" = get || exit 0; printf 'username=%s\\npassword=%s\\n' "
    f'"$JIANBAO_SOURCE_USER" "$(tr -d \'[:space:]\' < "${_TOKEN}")"; }}; f'
)
_ANYBODY = "git"  # a user's name where the address has none; forges look at the token alone
#: Nothing of a repository is executed or followed, and git asks nobody and tidies nothing up by itself.
_CONFIG = """\
[safe]
directory = *
[core]
hooksPath = /dev/null
bigFileThreshold = 5m
[protocol]
allow = never
[protocol "https"]
allow = always
[protocol "http"]
allow = always
[protocol "ssh"]
allow = always
[protocol "file"]
allow = always
[fetch]
unpackLimit = 1
recurseSubmodules = no
[gc]
auto = 0
[maintenance]
auto = false
[pack]
threads = 1
[http]
lowSpeedLimit = 100
lowSpeedTime = 15
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A repository: its address or path, a branch (None: its own), and the folder of the issues in it.

    ``token_file`` opens it over HTTP, ``key_file`` over SSH, where hosts are known by ``known_hosts_file``,
    or else by what SSH knows of itself. ``place`` is where the address was named.
    """

    url: str
    branch: str | None = None
    folder: str = ""
    key_file: Path | None = None
    known_hosts_file: Path | None = None
    token_file: Path | None = None
    place: str = ""

    @property
    def ref(self) -> str:
        """What is fetched of it."""
        return f"refs/heads/{self.branch}" if self.branch else "HEAD"

    @property
    def identity(self) -> str:
        """What a mirror of it is a mirror of."""
        return "\n".join((self.url, self.ref, self.folder))

    def check(self) -> None:
        """Raises BadInput if a file that opens it cannot be read."""
        for file in filter(None, (self.key_file, self.known_hosts_file, self.token_file)):
            try:
                file.open("rb").close()
            except OSError as error:
                raise BadInput(f"{file} cannot be read: {error.strerror}", where=self.place) from None

    def configuration(self) -> str:
        """What git is to go by, in place of every other file of settings. It holds no secret."""
        if self.token_file is None:
            return _CONFIG
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]  # nobody else is shown the token, wherever the host sends us
        helper = _HELPER.replace("\\", "\\\\").replace('"', '\\"')
        return f'{_CONFIG}[credential "{parts.scheme}://{host}"]\nhelper = "{helper}"\n'

    def environment(self, given: Mapping[str, str], configuration: Path) -> dict[str, str]:
        """The environment of a git command. It names files that hold secrets, and holds none itself."""
        handed_on = {name: value for name, value in given.items() if name.lower() in _HANDED_ON}
        user = unquote(urlsplit(self.url).username or _ANYBODY) if self.token_file else ""
        return handed_on | {
            "LC_ALL": "C",
            "HOME": str(configuration.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(configuration),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_SSH_COMMAND": self._ssh(),
            "JIANBAO_SOURCE_USER": user,
            _TOKEN: str((self.token_file or Path(os.devnull)).absolute()),
        }

    def _ssh(self) -> str:
        """SSH that asks nobody, goes by no settings, and trusts no host that it does not know."""
        options = ["BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=10", "IdentitiesOnly=yes"]
        if self.known_hosts_file:
            options.append(f'UserKnownHostsFile="{self.known_hosts_file.absolute()}"')
            options.append(f"GlobalKnownHostsFile={os.devnull}")
        words = ["ssh", "-F", os.devnull, *(part for one in options for part in ("-o", one))]
        return shlex.join([*words, *(("-i", str(self.key_file.absolute())) if self.key_file else ())])
