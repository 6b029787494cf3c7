"""Addresses below /tai-khoan/. The names are allauth's, so that its steps find each other; what we do not offer
(sign-up, e-mail addresses, resetting a password by mail) has no address."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_required
from django.urls import path

from lienthong.foundation.accounts import views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("dang-nhap/", views.SignIn.as_view(), name="account_login"),
    path("dang-nhap/buoc-hai/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("dang-nhap/khoa/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("bi-khoa/", account.account_inactive, name="account_inactive"),
    path("dang-ky/", views.closed, name="account_signup"),
    path("mat-khau/", login_required(views.NewPassword.as_view()), name="account_change_password"),
    path("xac-nhan/", login_required(views.PasswordAgain.as_view()), name="account_reauthenticate"),
    path("xac-nhan/ma/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("xac-nhan/khoa/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("hai-lop/", views.overview, name="mfa_index"),
    path("hai-lop/ung-dung/", views.App.as_view(), name="mfa_activate_totp"),
    path("hai-lop/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-lop/ma-du-phong/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("hai-lop/ma-du-phong/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", views.AddKey.as_view(), name="mfa_add_webauthn"),
    path("khoa/<int:pk>/ten/", views.NameKey.as_view(), name="mfa_edit_webauthn"),
    path("khoa/<int:pk>/bo/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
]
