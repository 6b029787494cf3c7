"""One page for one act: a form, a button that says what happens, and refusals that keep what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lienthong.kit.refusal import Refused
from lienthong.web.refusal import told


def act_page(
    request: HttpRequest,
    *,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    back: str,
    done: str | Callable[[Any], str] = "",
    said: str | Callable[[Any], str] = "",
    about: str = "",
    danger: bool = False,
    template: str = "act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent and valid, call `do(cleaned data)`, say `said` and go to `done` (or `back`).

    A `Refused` becomes the form's own error, so that nothing typed is lost. Errors of other kinds stay errors.
    Browsers never send chosen files back: the page says so, or a second try would go without them.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, told(refusal))
            context["refusal"] = refusal
        else:
            if said:
                messages.success(request, said(made) if callable(said) else said)
            return redirect(done(made) if callable(done) else done or back)
    context |= {"form": form, "title": title, "submit": submit, "back": back, "about": about, "danger": danger}
    context["files_lost"] = bool(form.errors and request.FILES)
    return render(request, template, context, status=422 if form.errors else 200)
