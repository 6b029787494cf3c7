"""Every address of the installation."""

from django.urls import include, path
from django.views.i18n import set_language

from lienthong.foundation.organizations.views import substitutions
from lienthong.modules.dossiers.views import applicants
from lienthong.site import health
from lienthong.site.views import decide, hand_over, home, notices, search, succession

urlpatterns = [
    path("", home.front),
    path("khoe", health.health),
    path("ngon-ngu/", set_language, name="set_language"),
    path("tai-khoan/", include("lienthong.foundation.accounts.urls")),
    path("lam-viec/", home.mine, name="home"),
    path("lam-viec/chuyen-giao/", hand_over.choose, name="hand_over"),
    path("lam-viec/gia-han/<int:pk>/", decide.extension, name="decide_extension"),
    path("lam-viec/thong-bao/", notices.notices, name="notices"),
    path("lam-viec/thong-bao/<int:pk>/", notices.follow, name="notice"),
    path("lam-viec/tim/", search.search, name="search"),
    path("lam-viec/phim-tat/", home.keys, name="keys"),
    path("lam-viec/chuc-danh/", home.switch_post, name="switch_post"),
    path("lam-viec/quan-tri/tai-khoan/", include("lienthong.foundation.accounts.admin_urls")),
    path("lam-viec/thay-the/", substitutions.mine, name="substitutions"),
    path("lam-viec/thay-the/cu/", substitutions.name_one, name="substitute"),
    path("lam-viec/thay-the/<int:pk>/ket-thuc/", substitutions.end, name="end_substitution"),
    path("lam-viec/quan-tri/co-quan/<int:pk>/ke-thua/", succession.of_agency, name="succession"),
    path("lam-viec/quan-tri/co-quan/<int:pk>/chuc-danh/<int:post_id>/ket-thuc/", succession.of_post, name="end_post"),
    path("lam-viec/quan-tri/co-quan/", include("lienthong.foundation.organizations.urls")),
    path("lam-viec/quan-tri/lich/", include("lienthong.foundation.calendar.urls")),
    path("lam-viec/quan-tri/nhat-ky/", include("lienthong.foundation.trail.urls")),
    path("so-lieu/", include("lienthong.foundation.measures.public_urls")),
    path("lam-viec/so-lieu/", include("lienthong.foundation.measures.urls")),
    path("thu-tuc/", include("lienthong.modules.procedures.public_urls")),
    path("lam-viec/ke-hoach/", include("lienthong.modules.plans.urls")),
    path("lam-viec/thu-tuc/", include("lienthong.modules.procedures.urls")),
    path("tra-cuu-ho-so/", include("lienthong.modules.dossiers.public_urls")),
    path("lam-viec/ho-so/", include("lienthong.modules.dossiers.urls")),
    path("lam-viec/nguoi-nop/<int:pk>/", applicants.one, name="applicant_page"),
    path("lam-viec/nguoi-nop/", include("lienthong.modules.citizens.urls")),
    path("lam-viec/van-ban/", include("lienthong.modules.documents.urls")),
    path("lam-viec/lien-thong/", include("lienthong.modules.exchange.urls")),
]

handler400 = "lienthong.site.views.faults.bad_request"
