# The bot alone; the demo and its stand-in for Telegram stay out of it.
#
#   docker build -t jianbao .
#   docker run -d --name jianbao --restart unless-stopped --init --read-only --tmpfs /tmp \
#       --cap-drop ALL --security-opt no-new-privileges \
#       -e JIANBAO_TOKEN_FILE=/run/secrets/token -v "$PWD/token:/run/secrets/token:ro" \
#       -e JIANBAO_ISSUES=/issues -v "$PWD/issues:/issues:ro" -v jianbao:/data jianbao
#
# compose.yaml says the same for docker compose.
# Without JIANBAO_ISSUES it reads the sample issues. A configuration of your own: mount it at
# /etc/jianbao. Other commands: docker exec jianbao jianbao status.
# Both mounts must be readable, and /data writable, for user 10001. --init lets a stop count in the
# first instant too, when Python does not listen to signals yet and as process 1 would miss it.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv --without-pip /opt/jianbao
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN pip --python /opt/jianbao/bin/python install --no-compile --require-hashes --only-binary :all: -r requirements.lock \
 && pip install --require-hashes --only-binary :all: -r requirements-build.lock
# Nearly half of it are symbols for debuggers. Where Debian's packages cannot be had they stay in: 31 MB more.
# hadolint ignore=DL3008  # strip only removes; whichever version does it
RUN { apt-get update -qq && apt-get install -qq -y --no-install-recommends binutils; } >/dev/null \
 && find /opt/jianbao -name '*.so' -exec strip --strip-unneeded {} + || echo "symbols stay in"
# What fetches issues from a git repository; where Debian's packages cannot be had, issues come from a folder alone.
COPY deploy/collect-git /usr/local/bin/
# hadolint ignore=DL3008  # the newest fixes of git and SSH are wanted
RUN mkdir /opt/git && find /usr/lib /lib -name '*.so.*' -exec basename {} \; >/tmp/libraries \
 && { { apt-get update -qq && apt-get install -qq -y --no-install-recommends git openssh-client; } >/dev/null \
      && collect-git /tmp/libraries /opt/git || echo "git stays out"; }
COPY . .
# The root may be read-only, so what may be imported is compiled here; unchecked, as a copied file's time may differ.
# Without docstrings, which are 6 MB of every process, but for those of the commands, which are their help.
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
 && pip --python /opt/jianbao/bin/python install --no-compile --no-deps --no-index /tmp/wheel/*.whl \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/jianbao/lib/python3.*/site-packages/bot/cli \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash -o 2 -x '/site-packages/bot/cli/|/(tests?|testing|lexers)/' \
    /opt/jianbao/lib \
 && find /opt/jianbao/lib -name '*.opt-2.pyc' -exec sh -c 'for file; do mv "$file" "${file%.opt-2.pyc}.pyc"; done' - {} +

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Jianbao" \
      org.opencontainers.image.description="A Telegram bot that publishes a Markdown digest" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/jianbao /opt/jianbao
COPY --from=build /opt/git /
ENV PATH=/opt/jianbao/bin:$PATH
# The base comes without its standard library compiled; parts that no server imports stay so.
# SSH wants its user to have a name.
RUN install -d -o 10001 -g 10001 -m 0700 /data \
 && echo "jianbao:x:10001:10001::/data:/usr/sbin/nologin" >>/etc/passwd \
 && python -m compileall -q -j 0 -o 2 -x '/(site-packages|tests?|idlelib|tkinter|turtledemo|lib2to3|ensurepip|pydoc_data)/' \
    /usr/local/lib/python3.* \
 && find /usr/local/lib -name '*.opt-2.pyc' -exec sh -c 'for file; do mv "$file" "${file%.opt-2.pyc}.pyc"; done' - {} +
# Two megabytes of the process: the marks below lines of tracebacks, and what threads keep of freed memory.
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONNODEBUGRANGES=1 \
    MALLOC_ARENA_MAX=1 \
    JIANBAO_DATABASE_URL=sqlite+aiosqlite:////data/jianbao.sqlite \
    JIANBAO_WEB__HOST=0.0.0.0 \
    JIANBAO_WEB__PORT=8080 \
    JIANBAO_TELEGRAM__WEBHOOK__HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# Unhealthy says that an operator is needed; what restarts such containers by itself should ask for --live.
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s --retries=3 CMD ["jianbao", "health"]
ENTRYPOINT ["jianbao"]
CMD ["run"]
