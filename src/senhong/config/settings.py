"""Settings: one file; what differs between installations comes from the environment."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from senhong.config import env

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parents[1]
BASE_DIR = PACKAGE.parents[1]
HOME = env.folder("SENHONG_HOME", BASE_DIR / "var", "Where the database and files lie.")
SECRET_KEY = env.secret("SECRET_KEY", HOME / "secret-key", "Signs sessions and links.")
FIELD_KEYS = env.field_keys(
    "FIELD_KEYS", HOME / "field-keys", "Encrypt personal fields; newest first, spaces between."
)
DEBUG = env.flag("DEBUG", False, "Show details of errors. Never where others can look.")
HOST = env.text("HOST", "127.0.0.1", "The address that is served.")
PORT = env.whole("PORT", 8000, "The port that is served.")
DEMO = env.flag("DEMO", True, "Load the demo province when the database is empty.")
ALLOWED_HOSTS = env.text(
    "ALLOWED_HOSTS",
    f"127.0.0.1,localhost,[::1],{HOST}",
    "Host names under which the pages are called, with commas between.",
).split(",")
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in ALLOWED_HOSTS if host not in {"*", "127.0.0.1", "[::1]"}
]
BEHIND_HTTPS = env.flag("BEHIND_HTTPS", False, "A proxy in front speaks https: secure cookies.")
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
SITE_URL = env.text(
    "SITE_URL",
    f"http://{HOST}:{PORT}",
    "Where people open this installation, https://… : links in e-mails begin so.",
).rstrip("/")
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "senhong.web.views.form_expired"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "senhong.config",
    "senhong.web",
    "senhong.audit",
    "senhong.accounts",
    "senhong.files",
    "senhong.org",
    "senhong.people",
    "senhong.ledger",
    "senhong.guides",
    "senhong.plans",
    "senhong.comms",
    "senhong.work",
    "senhong.activities",
    "senhong.practices",
    "senhong.board",
    "senhong.public",
    "senhong.sync",
    "senhong.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "senhong.accounts.middleware.MustChangePasswordMiddleware",
    "senhong.org.middleware.ActorMiddleware",
    "senhong.web.middleware.PlainTextMiddleware",
    "senhong.web.middleware.MethodMiddleware",
    "senhong.web.middleware.DomainErrorMiddleware",
]
ROOT_URLCONF = "senhong.config.urls"
WSGI_APPLICATION = "senhong.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "senhong.org.middleware.page_frame",
                "senhong.comms.middleware.bell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "senhong.web.templatetags.ui",
            ],
        },
    }
]

DATABASE_URL = env.text(
    "DATABASE_URL", "", "postgres://user:password@host/name; absent: SQLite under SENHONG_HOME."
)
DATABASES: dict[str, Any]
if DATABASE_URL:
    DATABASES = {"default": env.database(DATABASE_URL)}
    # The statements of ``core.rows.run_often`` are prepared when a connection runs them again, and
    # not planned anew for each request: nothing else is prepared, so nothing else has such plans.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 4, "timeout": 3},
        "prepare_threshold": 2,
        "options": "-c plan_cache_mode=force_generic_plan",
    }
else:
    # FULL: what was acknowledged survives a loss of power. IMMEDIATE: a transaction that will
    # write asks for the one writer's place at its start, so it waits instead of failing.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "senhong.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,  # seconds
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
            },
            "CONN_MAX_AGE": None,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What one person's phone may lay down in a day; far beyond what an honest one does.
PHOTOS_A_DAY = env.whole("PHOTOS_A_DAY", 500, "Photos that one person may send in a day.")
KEPT_ACTS_A_DAY = env.whole(
    "KEPT_ACTS_A_DAY", 500, "Acts and bodies of one person that are kept aside in a day."
)
KEPT_MB_A_DAY = env.whole(
    "KEPT_MB_A_DAY", 20, "Megabytes of one person that are kept aside in a day."
)
KEPT_BYTES_DAYS = env.whole(
    "KEPT_BYTES_DAYS", 90, "Days after the decision on what was kept aside that its bytes stay."
)

EMAIL_URL = env.text(
    "EMAIL_URL",
    "",
    "smtp://user:password@host:port, smtps:// or smtp+tls://; absent: nobody is sent e-mail.",
)
if EMAIL_URL:
    globals().update(env.mail_server(EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM",
    "Sen Hồng <senhong@localhost.localdomain>",
    "Who writes the e-mails; push services are told it, too.",
)
VAPID_KEY = env.secret(
    "VAPID_KEY", HOME / "vapid-key", "Signs notes to phones (web push).", env.p256_key
)
PUSH_SERVICES = env.text(
    "PUSH_SERVICES",
    "https://fcm.googleapis.com,https://*.push.services.mozilla.com,"
    "https://*.push.apple.com,https://*.notify.windows.com",
    "Push services of browsers that are written to, with commas between; no other is.",
).split(",")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["senhong.accounts.sessions.AuthenticationBackend"]
SESSION_ENGINE = "senhong.accounts.sessions"
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator"},
    {"NAME": "senhong.accounts.passwords.MinimumLengthValidator"},
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
    {"NAME": f"{_PASSWORDS}.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "senhong.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "senhong.accounts.forms.SignInForm",
    "change_password": "senhong.accounts.forms.OwnPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0  # who signs in too often, by address
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# A school or an office shares one address: its many sign-ins are not one stranger's guesses.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    # A whole class scans the code on the board; who guesses words of teams learns little.
    "join": "60/m/ip,600/h/ip",
    "join_missed": "20/m/ip",
    "link": "60/m/ip",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["senhong.config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"/web/dist/assets/"  # their names change with their content
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It repeats itself while a database is away; who waits for a connection is told why.
    "loggers": {"psycopg.pool": {"level": "ERROR"}},
}
