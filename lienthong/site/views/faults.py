"""What cannot be read at all, said in words."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that was refused before any page saw it: why, and what to do about it."""
    if isinstance(exception, TooManyFilesSent):
        text = _(
            "Quá nhiều tệp một lần: nhiều nhất {most} tệp. Chưa có gì được lưu; quay lại, chia thành nhiều lần gửi."
        )
        text = text.format(most=settings.DATA_UPLOAD_MAX_NUMBER_FILES)
    elif isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        text = _("Biểu mẫu gửi lên quá dài. Chưa có gì được lưu; quay lại, chia thành nhiều lần gửi.")
    else:
        text = _("Dữ liệu gửi lên không đọc được. Chưa có gì được lưu; quay lại và gửi lại.")
    return render(request, "refused.html", {"text": text}, status=400)
