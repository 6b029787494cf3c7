"""`./lt manage settings_page` writes docs/operators/settings.md anew."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lienthong.site import environment


class Command(BaseCommand):
    help = "Ghi lại trang docs/operators/settings.md từ danh sách cài đặt"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.CHECKOUT / "docs/operators/settings.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(environment.settings_page(), encoding="utf-8")
        self.stdout.write(str(path.relative_to(settings.CHECKOUT)))
