"""What the person was told."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from lienthong.foundation.notify import queries as notify
from lienthong.foundation.notify.actions.mark_read import mark_read
from lienthong.site.views.clock import now
from lienthong.web.request import Request

PAGE = 50


def notices(request: Request) -> HttpResponse:
    """The person's messages, newest first; a POST marks all as read."""
    viewer, at = request.actor, now()
    if request.method == "POST":
        mark_read(person_id=viewer.person_id, message_ids=None, now=at)
        return redirect("notices")
    only_unread = request.GET.get("loc") == "chua-doc"
    text = request.GET.get("trang", "1")
    number = min(max(int(text), 1), 10_000) if text.isdecimal() and len(text) < 6 else 1
    found = notify.latest(viewer, only_unread=only_unread, start=(number - 1) * PAGE, limit=PAGE + 1)
    context = {
        "messages_of_mine": found[:PAGE],
        "only_unread": only_unread,
        "number": number,
        "more": len(found) > PAGE,
        "at": at,
    }
    return render(request, "home/notices.html", context)


def follow(request: Request, pk: int) -> HttpResponse:
    """Go where a message leads; having gone there, it is read."""
    message = notify.message_for(request.actor, pk)
    if message is None:
        raise Http404
    mark_read(person_id=request.actor.person_id, message_ids=[pk], now=now())
    # Addresses are written by acts of this installation; anything else would be a way out of the site.
    return redirect(message.address if message.address.startswith("/lam-viec/") else "notices")
