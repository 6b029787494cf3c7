"""Every background job of the installation, imported in one place for the worker."""

from lienthong.foundation.outbox import tasks as outbox  # noqa: F401
