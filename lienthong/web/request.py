"""What a page is asked by: the names here are for annotations only, a request becomes no other object by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:  # who may come in is known upstairs; nothing from there is imported when this runs
    from lienthong.foundation.access.terms import Seated
    from lienthong.foundation.accounts.models import Account


class Passing(HttpRequest):
    """Any request that has passed the doorkeeper, for code that serves both sides of the door (the frame, errors):
    nobody need be signed in, so `actor` may be None."""

    actor: Seated | None
    posts: list[Seated]


class Request(Passing):
    """What a page of the workspace (/lam-viec/, the root) is asked by: the doorkeeper lets nobody in there who is not
    signed in and seated in a post, so `user` is an account and `actor` is there. `posts` are all that one may act in."""

    user: Account
    actor: Seated
