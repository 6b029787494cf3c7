"""The printed papers of a dossier as PDF: its slips, and the control slip made from the trace."""

from django.conf import settings
from django.http import HttpResponse

from lienthong.kit.scan_codes import qr_svg
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.queries import printed
from lienthong.modules.dossiers.queries.control_slip import control_page
from lienthong.modules.dossiers.terms import SlipKind
from lienthong.modules.dossiers.views.clock import now
from lienthong.web.print import ONE_STOP_CONTROL, ONE_STOP_SLIP, pdf
from lienthong.web.request import Request

# Under the title of the receipt stands the code; the other forms have it among their lines or not at all.
_CODE_UNDER_TITLE = {SlipKind.RECEIPT, SlipKind.RETURN}
_BESIDE_THE_MARK = 4  # blocks that stand beside the QR code


def lookup_address() -> str:
    """The public page on which the QR codes open a dossier; the code follows."""
    return f"{settings.PUBLIC_ADDRESS}/tra-cuu-ho-so/?ma="


def slip(request: Request, pk: int) -> HttpResponse:
    """One slip of a dossier within the viewer's sight, as it was made: printed again it is the same, byte for byte, until
    another replaces it."""
    row = queries.slip_for(request.actor, pk)
    page = printed.slip_page(row, lookup_address())
    data = {
        **page, "qr": _mark(page["mark"]), "beside": _BESIDE_THE_MARK, "shows_code": row.kind in _CODE_UNDER_TITLE,
    }  # fmt: skip
    return sent(pdf(ONE_STOP_SLIP, data, at=row.at), f"{row.kind}-{page['code'] or row.pk}.pdf")


def control_slip(request: Request, pk: int) -> HttpResponse:
    """The control slip of a dossier within the viewer's sight, as its trace stands now."""
    page = control_page(queries.dossier_for(request.actor, pk))
    code = page["code"]
    data = {**page, "qr": _mark(f"{lookup_address()}{code}" if code else "")}
    return sent(pdf(ONE_STOP_CONTROL, data, at=now()), f"phieu-kiem-soat-{code or pk}.pdf")


def _mark(address: str) -> str:
    return qr_svg(address) if address else ""


def sent(content: bytes, name: str, kind: str = "application/pdf") -> HttpResponse:
    """A file that is only this viewer's; the name keeps nothing that a header could not hold."""
    response = HttpResponse(content, content_type=kind)
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-._") else "-" for one in name)
    response["Content-Disposition"] = f'{"inline" if kind == "application/pdf" else "attachment"}; filename="{plain}"'
    response["Cache-Control"] = "private, no-store"
    return response
