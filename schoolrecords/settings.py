"""The one settings module. Everything that differs between machines comes from the environment.

PORTAL_MODE=embedded (the default) runs the portal on one machine with SQLite and a broker made of files;
PORTAL_MODE=production refuses to start without its secrets, database, broker and file store.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from schoolrecords import environment as env
from schoolrecords import file_broker
from schoolrecords.timetable import timetable

BASE_DIR = Path(__file__).resolve().parent.parent

MODE = env.text("PORTAL_MODE", "embedded")
if MODE not in {"embedded", "production"}:
    raise ImproperlyConfigured(f"PORTAL_MODE must be 'embedded' or 'production', not {MODE!r}.")
PRODUCTION = MODE == "production"


def required_in_production(name: str, default: str) -> str:
    return env.text(name) if PRODUCTION else env.text(name, default)


DATA_DIR = Path(required_in_production("PORTAL_DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = (
    env.text("PORTAL_SECRET_KEY")
    if PRODUCTION
    else env.text("PORTAL_SECRET_KEY", env.made_once(DATA_DIR / "secret-key"))
)
DEBUG = env.flag("PORTAL_DEBUG") and not PRODUCTION
ALLOWED_HOSTS = env.words(
    "PORTAL_ALLOWED_HOSTS", *(() if PRODUCTION else ("localhost,127.0.0.1,[::1],testserver",))
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Set the environment variable PORTAL_ALLOWED_HOSTS to the portal's host names, separated by commas."
    )
# Where the codes printed on documents lead, for decades: give it a name that the school keeps.
PUBLIC_URL = env.text(
    "PORTAL_PUBLIC_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://localhost:8000"
).rstrip("/")
if PRODUCTION:
    ALLOWED_HOSTS.append("127.0.0.1")  # the container's own health check
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "schoolrecords",  # first: its commands replace those of others that would delete records
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "guardian",
    "simple_history",
    "axes",  # before accounts: failures are counted, then recorded
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "accounts",
    "gradebook",
    "transcripts",
    "corrections",
    "archive",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pads what it compresses, and CSRF tokens are masked anew: lengths give no secret away (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "schoolrecords.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.idle_sessions_end",
    "accounts.middleware.SignInRequired",
    "accounts.middleware.FirstThingsFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schoolrecords.unknown_rules.UnknownRules",
    "schoolrecords.closed_years.ClosedYears",
]

ROOT_URLCONF = "schoolrecords.urls"
WSGI_APPLICATION = "schoolrecords.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schoolrecords.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "schoolrecords.templatetags.portal",
            ],
        },
    }
]

DATABASES = {
    "default": env.database(
        required_in_production("PORTAL_DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")
    )
}

# Sign-in and sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it only turns away who is locked out
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
CSRF_FAILURE_VIEW = "schoolrecords.views.form_expired"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
# Length and what is easy to guess, no rules of composition (ASVS 5.0, 6.2).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email", "staff_code")},
    },
    {"NAME": "schoolrecords.password_words.FamiliarWordsValidator"},
]
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_SECONDS = int(env.text("PORTAL_SESSION_IDLE_SECONDS", str(2 * 60 * 60)))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("PORTAL_SSL_REDIRECT", default=True)
BEHIND_PROXY = env.flag("PORTAL_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# Lock-out: failures of a name at one address, of a name everywhere, of an address (accounts.lockout says why).
AXES_HANDLER = "accounts.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], ["username"], ["ip_address"]]
LOCKOUT_LIMITS = (5, 25, 300)
AXES_FAILURE_LIMIT = 1  # the handler answers 1 when one of these is reached
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the journal has it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "accounts.origin.address_of"
AXES_CLIENT_STR_CALLABLE = "accounts.lockout.nameless"
AXES_SENSITIVE_PARAMETERS = ["username", "password", "csrfmiddlewaretoken", "next"]
DEVICE_COOKIE_NAME = "portal_device"

# Second factor
OTP_TOTP_ISSUER = urlsplit(PUBLIC_URL).hostname  # what the app on the phone shows

# E-mail is an extra: without a server nothing is sent, and every notice stands in the portal as well.
EMAIL_HOST = env.text("PORTAL_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = int(env.text("PORTAL_EMAIL_PORT", "587"))
EMAIL_HOST_USER = env.text("PORTAL_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("PORTAL_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("PORTAL_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("PORTAL_EMAIL_FROM", "")

# A grid of 45 pupils x 14 columns posts each cell with its version.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "schoolrecords" / "locale"]
LANGUAGE_COOKIE_NAME = "portal_language"
TIME_ZONE = env.text("PORTAL_TIME_ZONE", "Asia/Ho_Chi_Minh")

# Files: static ones are public, everything in the file store is private and never served by path.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("PORTAL_STATIC_ROOT", str(DATA_DIR / "static")))
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty; WhiteNoise warns of a missing one
_store = required_in_production("PORTAL_FILE_STORE", str(DATA_DIR / "files"))
FILE_BUCKET = _store if _store.startswith("s3://") else ""
FILE_STORE = DATA_DIR / "files" if FILE_BUCKET else Path(_store)
S3 = {
    "endpoint_url": env.text("PORTAL_S3_ENDPOINT", "") or None,
    "region_name": env.text("PORTAL_S3_REGION", "us-east-1"),
    "aws_access_key_id": env.text("PORTAL_S3_ACCESS_KEY", "") or None,
    "aws_secret_access_key": env.text("PORTAL_S3_SECRET_KEY", "") or None,
}
STORAGES = {
    "default": {"BACKEND": "accounts.files.KeptStorage"},
    "staticfiles": {
        "BACKEND": "schoolrecords.static_files.HashedFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
DOCUMENT_FONT_DIR = Path(env.text("PORTAL_FONT_DIR", "/usr/share/fonts/truetype/liberation2"))
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "schoolrecords.uploads.NoMoreThanAccepted",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Signing. The school's seal is a key file or a key on a token; a person's key is handed in for each act and not kept.
DEMONSTRATION_KEYS = DATA_DIR / "demonstration-keys"


def demonstrated(name: str) -> str:
    """What the demonstration made on this machine, where it has been made."""
    return str(DEMONSTRATION_KEYS / name) if not PRODUCTION and DEMONSTRATION_KEYS.is_dir() else ""


TRUST_DIR = env.text("PORTAL_TRUST_DIR", demonstrated("."))
SEAL_KEY_FILE = env.text("PORTAL_SEAL_KEY_FILE", demonstrated("con-dau.p12"))
SEAL_PASSWORD = env.text("PORTAL_SEAL_PASSWORD", "")
SEAL_MODULE = env.text("PORTAL_SEAL_MODULE", "")
SEAL_TOKEN = env.text("PORTAL_SEAL_TOKEN", "")
SEAL_LABEL = env.text("PORTAL_SEAL_LABEL", "")

# The worker. The row carries the job; the broker only wakes a worker.
CELERY_BROKER_URL = required_in_production("PORTAL_BROKER_URL", "filesystem://localhost")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # KiB
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT = "schoolrecords.file_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = file_broker.options(DATA_DIR / "queue")
# A rendering or an import whose heartbeat is older than this is taken over by another worker.
JOB_STALE_SECONDS = int(env.text("PORTAL_JOB_STALE_SECONDS", "60"))
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "schedule")
CELERY_IMPORTS = ["gradebook.scheduled_tasks"]
CELERY_BEAT_SCHEDULE = timetable(JOB_STALE_SECONDS)
# A longer list of pupils is written by the worker.
IMPORT_WORKER_ROWS = 1000

# Logs name objects by number, never people.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("PORTAL_LOG_LEVEL", "WARNING")},
    "loggers": {"fontTools": {"level": "ERROR"}, "weasyprint": {"level": "ERROR"}},
}
# axes.W002: its middleware would replace the sign-in page, which says in words that it is locked.
SILENCED_SYSTEM_CHECKS = ["guardian.W001", "axes.W002"]
