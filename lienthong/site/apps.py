"""Start-up: hand the modules' declarations to those who keep them."""

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy


class SiteConfig(AppConfig):
    """The top of the house as a Django application."""

    name = "lienthong.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lienthong.site import wiring

        wiring.install()
        # Django says this in English only.
        ProhibitNullCharactersValidator.message = gettext_lazy("Có ký tự không nhìn thấy trong ô này. Xóa rồi gõ lại.")
