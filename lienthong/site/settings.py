"""Settings, only from the environment; docs/operators/settings.md is generated from `site/environment.py`."""

from pathlib import Path

from lienthong.site import environment as env

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = env.home(CHECKOUT)
DEBUG = env.flag("LIENTHONG_DEBUG")
SECRET_KEY = env.secret_key(HOME)
ALLOWED_HOSTS = env.words("LIENTHONG_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("LIENTHONG_ORIGINS")
HTTPS = env.flag("LIENTHONG_HTTPS")

FOUNDATION = [
    "trail",
    "codes",
    "calendar",
    "organizations",
    "accounts",
    "numbering",
    "files",
    "outbox",
    "notify",
    "work",
    "measures",
]
MODULES = ["procedures", "citizens", "documents", "dossiers", "exchange", "plans"]

INSTALLED_APPS = [
    *[f"lienthong.modules.{name}" for name in reversed(MODULES)],
    *[f"lienthong.foundation.{name}" for name in reversed(FOUNDATION)],
    "lienthong.site.apps.SiteConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "procrastinate.contrib.django",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]

MIDDLEWARE = [
    "lienthong.site.middleware.LimitBody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lienthong.site.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lienthong.site.middleware.Doorkeeper",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lienthong.site.urls"
WSGI_APPLICATION = "lienthong.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "lienthong/web/templates", CHECKOUT / "lienthong/site/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lienthong.site.shell.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "lienthong.web.templatetags.parts"],
            "libraries": {"parts": "lienthong.web.templatetags.parts"},
        },
    },
    {
        # Lines of lists and what stands on every page: decisions/0006.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [CHECKOUT / "lienthong/web/jinja2"],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "lienthong.web.compiled.environment"},
    },
]

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/tai-khoan/dang-nhap/"
LOGIN_REDIRECT_URL = "/lam-viec/"
ACCOUNT_ADAPTER = "lienthong.foundation.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False  # closing the browser signs out; the server ends a session after SESSION_COOKIE_AGE
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Throttling is axes': it counts in the database, so all workers see the same failures.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "lienthong.foundation.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Liên Thông"
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 7
AXES_COOLOFF_TIME = 0.25  # hours
# All together from one address, within the same quarter of an hour: an office of hundreds may stand behind one.
SIGN_IN_FAILURES_PER_ADDRESS = 100
AXES_HANDLER = "lienthong.foundation.accounts.throttle.ByNameAndByAddress"
AXES_CLIENT_IP_CALLABLE = "lienthong.foundation.accounts.throttle.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [HOME / "locale", CHECKOUT / "lienthong/site/locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["lienthong.site.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [CHECKOUT / "lienthong/web/static", *env.front_end_parts(CHECKOUT)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 3600

FILES_ROOT = HOME / "files"
ANCHORS_ROOT = HOME / "anchors"
CLAMD = env.text("LIENTHONG_CLAMD", "")
MAX_BODY_BYTES = env.megabytes("LIENTHONG_MAX_UPLOAD_MB", 300)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A desk chooses a folder of scans at once: forms say how many they take, this only stops what no form could mean.
DATA_UPLOAD_MAX_NUMBER_FILES, DATA_UPLOAD_MAX_NUMBER_FIELDS = 500, 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_TEMP_DIR = env.folder(HOME / "uploads")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = env.mail()
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("LIENTHONG_MAIL_FROM", "lienthong@localhost")
SMS_SENDER = env.text("LIENTHONG_SMS", "lienthong.foundation.notify.actions.send_sms.demo")
MAIL_ENABLED = bool(env.text("LIENTHONG_SMTP", ""))
PUBLIC_ADDRESS = env.text("LIENTHONG_PUBLIC_ADDRESS", "http://localhost:8000").rstrip("/")

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS ends at the proxy in front (docs/operators)

PROCRASTINATE_IMPORT_PATHS = ["lienthong.site.tasks"]
PROCRASTINATE_ON_APP_READY = "lienthong.site.wiring.on_app_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LIENTHONG_LOG_LEVEL", "WARNING")},
}
