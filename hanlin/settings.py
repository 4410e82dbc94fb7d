"""Settings of both ways to run: embedded (SQLite, one machine) and services (DATABASE_URL, REDIS_URL)."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from hanlin import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HANLIN_VAR") or BASE_DIR / "var").resolve()
VAR.mkdir(parents=True, exist_ok=True)

DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
SERVICES = bool(DATABASE_URL)
DEMO = env.flag("HANLIN_DEMO")  # shows the mark 演示数据 and lets administrators in without a second factor
DEBUG = env.flag("HANLIN_DEBUG")
SECRET_KEY = env.secret("HANLIN_SECRET_KEY", VAR / "keys")
FIELD_KEY = env.secret("HANLIN_FIELD_KEY", VAR / "keys")  # encrypts personal fields; losing it loses them
ALLOWED_HOSTS = env.words("HANLIN_HOSTS", "*" if not SERVICES else "localhost")
PUBLIC_URL = os.environ.get("HANLIN_PUBLIC_URL") or f"http://localhost:{os.environ.get('PORT') or 8000}"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "hanlin.kernel",
    "hanlin.people",
    "hanlin.records",
    "courses",
    "committees",
    "projects",
    "hanlin.talent",
    "hanlin.pages",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *[f"allauth.socialaccount.providers.{name}" for name in env.words("HANLIN_LOGIN_PROVIDERS")],
    "axes",
    "csp",
    "django_celery_beat",
    "django_celery_results",
    "django_filters",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "hanlin",  # last: its ready() joins the rooms
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hanlin.kernel.middleware.AddressMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hanlin.people.language.PersonLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hanlin.people.middleware.LoginDutiesMiddleware",
    "hanlin.pages.middleware.DeskMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hanlin.urls"
WSGI_APPLICATION = "hanlin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hanlin.people.context_processors.frame",
            ],
        },
    }
]

# ───────── data ─────────
DATABASES = {"default": env.database(DATABASE_URL, VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"
PRIVATE_ROOT = VAR / "private"  # papers, dossiers, job files: never served by address, only through a view
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "hanlin" / "static", BASE_DIR / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None}},
    "staticfiles": {  # compressing takes a minute that a first start on a laptop should not
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SERVICES
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 200 * 1024 * 1024
IMPORT_MAX_BYTES = 20 * 1024 * 1024
CLAMD = os.environ.get("HANLIN_CLAMD", "")  # host:port or socket of a ClamAV daemon; empty: uploads are not scanned

# ───────── papers ─────────
PAPER_FONTS = os.environ.get("HANLIN_PAPER_FONTS") or str(VAR / "fonts")  # licensed office faces an administrator may add
PAPER_SONG = BASE_DIR / "assets" / "vendor" / "song"  # the variable face that titles are cut from
PAPER_SIGNING_PKCS12 = os.environ.get("HANLIN_SIGNING_PKCS12", "")  # blank: a self-signed one, made once in var/keys
PAPER_SIGNING_PASSPHRASE = os.environ.get("HANLIN_SIGNING_PASSPHRASE", "")

# ───────── queue: the row is the truth, the broker only rings ─────────
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {"visibility_timeout": 6 * 3600}
else:
    _queue = VAR / "queue"
    for _name in ("messages", "processed", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
    CELERY_WORKER_POOL = "threads"
    CELERY_WORKER_CONCURRENCY = 2
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = "django-db"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "sweep jobs": {"task": "hanlin.kernel.tasks.sweep_jobs", "schedule": 30},
    "late findings": {"task": "projects.tasks.mark_overdue", "schedule": 3600},
    "seal audit": {"task": "hanlin.kernel.tasks.seal_audit", "schedule": 10},
    "send outbox": {"task": "hanlin.kernel.tasks.send_outbox", "schedule": 15},
    "refresh figures": {"task": "hanlin.talent.tasks.refresh_figures", "schedule": 3600},
    "forget old imports": {"task": "hanlin.kernel.tasks.sweep_imports", "schedule": 6 * 3600},
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# ───────── people ─────────
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:workbench"
SESSION_COOKIE_AGE = 8 * 3600
HANLIN_IDLE_MINUTES = 30  # without a request the session ends
HANLIN_IDLE_MINUTES_ADMIN = 15  # for the three administrators
HANLIN_SECOND_FACTOR_REQUIRED = SERVICES and not DEMO  # for the roles of people.enums.STRONG
HANLIN_PASSWORDS_REMEMBERED = 5
HANLIN_LOGIN_TRIES = 5
HANLIN_LOCK_MINUTES = 15
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "hanlin.people.passwords.ClassesValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "hanlin.people.passwords.NameValidator"},
    {"NAME": "hanlin.people.passwords.HistoryValidator"},
]
ACCOUNT_ADAPTER = "hanlin.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # accounts come from the roster: the form itself is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"login": "hanlin.people.forms.LoginForm"}
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip"}  # the account itself is guarded by axes below
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "hanlin.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the roster, not from a form that anyone may fill
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "hanlin.people.adapter.SocialAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = env.login_providers("HANLIN_LOGIN_PROVIDERS")
AXES_FAILURE_LIMIT = HANLIN_LOGIN_TRIES
AXES_COOLOFF_TIME = timedelta(minutes=HANLIN_LOCK_MINUTES)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "hanlin.people.adapter.name_tried"
AXES_SENSITIVE_PARAMETERS = ["username", "login"]  # a mobile number typed here stays out of the log
AXES_LOCKOUT_CALLABLE = "hanlin.people.views.login.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# ───────── language, time ─────────
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "hanlin" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ───────── content policy ─────────
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],  # Wagtail's admin has inline scripts of its own
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
    },
}

# ───────── Wagtail ─────────
WAGTAIL_SITE_NAME = "翰林"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"  # one log-in page for the whole house
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from other sites
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "hanlin.kernel.search"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "zip", "mp4", "vtt"]
WAGTAIL_WORKFLOW_ENABLED = True

# ───────── mail, logs ─────────
_mail = "smtp" if os.environ.get("EMAIL_HOST") else "filebased"
EMAIL_BACKEND = os.environ.get("HANLIN_EMAIL_BACKEND") or f"django.core.mail.backends.{_mail}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("HANLIN_FROM_EMAIL", "hanlin@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HANLIN_LOG_LEVEL", "WARNING")},
}
# the account is locked, whatever the address: an attacker has many addresses, an account has one password
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
