FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Libraries and fonts of the document renderer, and the compiler of message catalogues.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 gettext \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /portal
COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock

COPY . .
ENV PORTAL_MODE=production PORTAL_STATIC_ROOT=/portal/public PORTAL_DATA_DIR=/data
# Throwaway values: collecting static files touches neither database nor broker, and none of them stays.
RUN PORTAL_SECRET_KEY=build PORTAL_ALLOWED_HOSTS=build PORTAL_DATA_DIR=/tmp/build \
        PORTAL_FILE_STORE=/tmp/build PORTAL_DATABASE_URL=sqlite:////tmp/build/unused \
        PORTAL_BROKER_URL=memory:// \
        sh -c 'if [ -d schoolrecords/locale ]; then python manage.py compilemessages; fi \
            && python manage.py collectstatic --noinput' \
    && rm -rf /tmp/build

# Named volumes take over the owner of these folders.
RUN useradd --system --uid 10001 --home-dir /portal portal \
    && mkdir --parents /data /files && chown portal /data /files
USER portal

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/', timeout=8)"]
CMD ["gunicorn", "schoolrecords.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=3", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
