# The packages come from the lock file with their hashes; the image holds neither compilers nor caches.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/djeli
COPY requirements.lock ./
RUN /opt/djeli/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY baseline ./baseline
COPY bot ./bot
COPY djeli ./djeli
COPY monitors ./monitors
COPY storage ./storage
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel . \
    && /opt/djeli/bin/pip install --no-cache-dir --no-deps /wheel/*.whl

FROM python:3.11-slim
# The base image's libexpat parses what strangers publish: take the fixes that came after the image.
RUN apt-get update && apt-get upgrade -y --no-install-recommends && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin djeli
COPY --from=build /opt/djeli /opt/djeli
ENV PATH=/opt/djeli/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJELI_CONFIG=/data/djeli.toml
USER 10001:10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=60s --timeout=20s --start-period=120s --retries=3 CMD ["djeli", "health"]
ENTRYPOINT ["djeli"]
CMD ["run"]
