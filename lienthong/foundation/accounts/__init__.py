"""Accounts: how staff sign in."""
