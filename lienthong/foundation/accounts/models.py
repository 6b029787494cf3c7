"""Staff accounts: how a person of `organizations` signs in. Passwords, TOTP, passkeys and sessions are allauth's."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class AccountManager(BaseUserManager["Account"]):
    """Finds names however they are written."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """There is no superuser: rights come from posts only (access)."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True, default="")
    person = models.OneToOneField("organizations.Person", models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    person_name = models.CharField(max_length=200, blank=True, default="")
    # Part of what every session of the account is checked against: one more, and none of them is valid any longer.
    session_epoch = models.PositiveIntegerField(default=0)
    last_post = models.ForeignKey("organizations.Post", models.SET_NULL, null=True, related_name="+")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own check of a session against the password, with the epoch besides: the one place that both the
        current and the former secret keys pass through."""
        return salted_hmac(
            "lienthong.accounts.session", f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Presence(models.Model):
    """That a person worked in the system for an agency on a day. Purpose of the data: to count how many use it, as plans promise
    (no hour and no page is kept); who it was is seen by those who manage accounts only."""

    person = models.ForeignKey("organizations.Person", models.CASCADE, related_name="+")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "agency", "day"], name="present_once_a_day")]
        indexes = [models.Index(fields=["agency", "day"], name="presence_of_agency")]
