import pytest


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hashing passwords slowly is what protects them, and nothing that these tests look at."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
