# The bot in a container: docker build -t photo-to-video-bot . (see docs/deployment.md)
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements-postgres.txt pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/bot \
 && /opt/bot/bin/pip install --no-cache-dir --require-hashes -r requirements-postgres.txt
COPY bots bots
COPY core core
RUN /opt/bot/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin bot \
 && chmod 0700 /data
COPY --from=build /opt/bot /opt/bot
USER 10001
WORKDIR /data
VOLUME /data
ENV PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/bot.sqlite \
    STATUS_PORT=8090
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s \
  CMD ["/opt/bot/bin/python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/healthz' % os.environ['STATUS_PORT'], timeout=8)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/bot/bin/photo-to-video-bot"]
