"""Addresses of the workspace, under /lam-viec/thu-tuc/."""

from django.urls import path

from lienthong.modules.procedures.views import catalogue, editor, imports, processes

app_name = "procedures"
urlpatterns = [
    path("", catalogue.listed, name="list"),
    path("nhap/", imports.procedures, name="import"),
    path("<int:pk>/", catalogue.one, name="one"),
    path("<int:pk>/danh-dau/", catalogue.marks, name="marks"),
    path("<int:pk>/giao/", catalogue.offered, name="offer"),
    path("<int:pk>/quy-trinh/moi/", editor.new, name="new_process"),
    path("lam/<int:pk>/thoi/", catalogue.withdrawn, name="withdraw"),
    path("quy-trinh/", processes.listed, name="processes"),
    path("quy-trinh/nhap/", imports.processes, name="import_processes"),
    path("quy-trinh/<int:pk>/", processes.one, name="process"),
    path("quy-trinh/<int:pk>/bpmn/", processes.download, name="bpmn"),
    path("quy-trinh/<int:pk>/gan/", processes.attach, name="attach"),
    path("quy-trinh/<int:pk>/sua/", editor.edit, name="edit_process"),
]
