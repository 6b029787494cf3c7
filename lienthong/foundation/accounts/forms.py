"""Shapes of the sign-in and account pages."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 500  # characters of a password or a key's answer: no work is done on what nobody typed


def _plain(form: forms.Form, **labels: Any) -> None:
    """Our labels; no placeholder that repeats the label and vanishes while typing."""
    for name, label in labels.items():
        form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = field.help_text if isinstance(field, forms.BooleanField) else ""
        if isinstance(field, forms.CharField) and field.max_length is None:
            field.validators.append(MaxLengthValidator(LONGEST))


class SignInForm(account.LoginForm):
    """Name and password. Names are kept in small letters, so that every spelling is counted as one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("Tên đăng nhập"), password=_("Mật khẩu"))
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}

    def clean_login(self) -> str:
        return super().clean_login().lower()


class NewPasswordForm(account.ChangePasswordForm):
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=_("Mật khẩu hiện tại"),
            password1=_("Mật khẩu mới"),
            password2=_("Nhập lại mật khẩu mới"),
        )
        self.fields["password1"].help_text = _(
            "Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên đăng nhập, không phải mật khẩu phổ biến. "
            "Một câu dễ nhớ tốt hơn một từ khó."
        )

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        if password and self.user.check_password(password):
            raise forms.ValidationError(_("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return password


class PasswordAgainForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("Mật khẩu"))


class CodeForm(mfa.AuthenticateForm):
    """The second step: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Mã trong ứng dụng xác thực, hoặc mã dự phòng"))
        self.fields["code"].widget.attrs |= {"autofocus": True, "inputmode": "text", "autocomplete": "one-time-code"}


class CodeAgainForm(mfa.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Mã trong ứng dụng xác thực"))


class AppForm(totp.ActivateTOTPForm):
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Mã 6 số trong ứng dụng"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class KeyForm(webauthn.AddWebAuthnForm):
    """A name for the key, and whether it signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Tên khóa"))
        self.fields["name"].help_text = _("Để sau này nhận ra, ví dụ: điện thoại, máy ở cơ quan.")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Đăng nhập bằng khóa này, không cần mật khẩu")
            self.fields["passwordless"].initial = True
            self.fields["passwordless"].help_text = _(
                "Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN. Bỏ chọn thì khóa chỉ dùng làm bước thứ hai."
            )


class KeyNameForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Tên khóa"))


class OpenForm(forms.Form):
    """The name to sign in with."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm, gạch ngang. Không đổi được về sau."),
    )


class ReasonForm(forms.Form):
    """Why, for the trail."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
