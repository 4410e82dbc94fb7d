"""What the surroundings say: environment variables, read once by the settings."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, whatever the case."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str, folder: Path) -> str:
    """A key from `name`, from the file that `name`_FILE points to, or made once and kept in `folder`.

    Only an embedded installation lets us make one: the file is readable by its owner alone.
    """
    if value := os.environ.get(name):
        return value
    path = Path(os.environ.get(f"{name}_FILE") or folder / name.lower())
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of the same start was quicker
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def login_providers(name: str) -> dict[str, Any]:
    """allauth's SOCIALACCOUNT_PROVIDERS from HANLIN_<PROVIDER>_CLIENT_ID, …_SECRET and, for OpenID Connect, …_SERVER_URL."""
    found: dict[str, Any] = {}
    for provider in words(name):
        stem = f"HANLIN_{provider.upper()}"
        app: dict[str, Any] = {"client_id": os.environ.get(f"{stem}_CLIENT_ID", ""), "secret": os.environ.get(f"{stem}_SECRET", "")}
        if provider == "openid_connect":
            app |= {
                "provider_id": os.environ.get(f"{stem}_ID", "oidc"),
                "name": os.environ.get(f"{stem}_NAME", "OpenID Connect"),
                "settings": {"server_url": os.environ.get(f"{stem}_SERVER_URL", "")},
            }
        found[provider] = {"APPS": [app]}
    return found


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's DATABASES["default"] for a postgres:// address, or SQLite in `folder` where there is none."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "hanlin.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
                "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool below keeps the connections
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, **dict(parse_qsl(parts.query))},
    }
