"""Signing in, and the own account. The steps are allauth's; the words and the counting are ours."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lienthong.foundation.accounts import forms, throttle
from lienthong.foundation.accounts.actions.password_was_changed import password_was_changed


class SignIn(account.LoginView):
    """Name and password, or a passkey."""

    form_class = forms.SignInForm


class SecondStep(mfa.AuthenticateView):
    """The code or the key after the password; wrong codes lock like wrong passwords."""

    form_class = forms.CodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        username = self.stage.login.user.get_username()
        return throttle.lockout(request, username) or super().post(request, *args, **kwargs)

    def form_invalid(self, form: Form) -> HttpResponse:
        username = self.stage.login.user.get_username()
        throttle.count_failure(self.request, username)
        return throttle.lockout(self.request, username) or super().form_invalid(form)


class PasswordAgain(account.ReauthenticateView):
    """The password before something that matters."""

    form_class = forms.PasswordAgainForm


class CodeAgain(mfa.ReauthenticateView):
    """A code before something that matters."""

    form_class = forms.CodeAgainForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return throttle.lockout(request, request.user.get_username()) or super().post(request, *args, **kwargs)

    def form_invalid(self, form: Form) -> HttpResponse:
        throttle.count_failure(self.request, self.request.user.get_username())
        return super().form_invalid(form)


class NewPassword(account.PasswordChangeView):
    """A new password; one that was given by an administrator is thereby replaced."""

    form_class = forms.NewPasswordForm

    def form_valid(self, form: Form) -> HttpResponse:
        forced = self.request.user.must_change_password
        response = super().form_valid(form)
        password_was_changed(account=self.request.user)
        if forced:
            response["Location"] = "/lam-viec/"
        return response


class App(totp.ActivateTOTPView):
    """Set up the authenticator app."""

    form_class = forms.AppForm


class AddKey(webauthn.AddWebAuthnView):
    """Add a passkey or a security key."""

    form_class = forms.KeyForm


class NameKey(webauthn.EditWebAuthnView):
    """Call a key otherwise."""

    form_class = forms.KeyNameForm


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The own account: password, second step, keys, sessions."""
    index = mfa.IndexView(request=request)
    context = index.get_context_data()
    context["session_count"] = len(UserSession.objects.purge_and_list(request.user))
    return render(request, "account/overview.html", context)


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Nobody signs up here."""
    raise Http404
