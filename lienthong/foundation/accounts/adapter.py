"""What allauth asks us: nobody signs up, accounts are opened by an administrator; failures are counted by axes."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lienthong.foundation.accounts import secrets_at_rest

if TYPE_CHECKING:
    from lienthong.foundation.accounts.models import Account


class StaffAdapter(DefaultAccountAdapter):
    """Staff only: signs in who has an account, and says everything in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "account_inactive": _("Tài khoản này đã bị khóa. Liên hệ bộ phận quản trị."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "too_many_login_attempts": _("Sai quá nhiều lần. Thử lại sau 15 phút."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> "Account | None":
        """Axes counts failures by the name under the key of the form's field, also when a password is asked again."""
        return super().authenticate(request, **credentials, login=credentials.get("username"))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """What only says that something went as asked is left unsaid; errors are shown."""
        said = SAID.get(message_template or "")
        if message or said or level >= messages.WARNING:
            super().add_message(
                request, level, message_template, message_context, extra_tags, message or (str(said) if said else None)
            )


SAID = {
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."),
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng xác thực."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt ứng dụng xác thực."),
    "mfa/messages/recovery_codes_generated.txt": _("Đã tạo mã dự phòng mới; mã cũ không dùng được nữa."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa đăng nhập."),
    "mfa/messages/webauthn_removed.txt": _("Đã bỏ khóa đăng nhập."),
    "usersessions/messages/sessions_logged_out.txt": _("Đã kết thúc các phiên khác."),
}


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Nhập mã mới nhất trong ứng dụng."),
        "unverified_email": _("Chưa bật được xác thực hai lớp cho tài khoản này."),
    }

    def encrypt(self, text: str) -> str:
        """The app's secret and the recovery codes as the database keeps them: who reads a copy of it gets no code."""
        return secrets_at_rest.hidden(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets_at_rest.shown(encrypted_text)
