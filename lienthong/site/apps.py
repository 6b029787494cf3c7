"""Start-up: hand the modules' declarations to those who keep them."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The top of the house as a Django application."""

    name = "lienthong.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lienthong.site import wiring

        wiring.install()
