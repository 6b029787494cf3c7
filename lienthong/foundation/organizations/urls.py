"""Addresses of the administrators' pages of agencies, below /lam-viec/quan-tri/co-quan/."""

from django.urls import path

from lienthong.foundation.organizations.views import agencies, posts, substitutions

app_name = "organizations"
urlpatterns = [
    path("", agencies.book, name="book"),
    path("them/", agencies.add, name="add"),
    path("nhap/", agencies.take_in, name="import"),
    path("<int:pk>/", agencies.one, name="agency"),
    path("<int:pk>/sua/", agencies.edit, name="edit"),
    path("<int:pk>/doi-ten/", agencies.rename, name="rename"),
    path("<int:pk>/cap-tren/", agencies.move, name="move"),
    path("<int:pk>/ma/them/", agencies.new_code, name="new_code"),
    path("<int:pk>/ma/<int:code_id>/dong/", agencies.end_code, name="end_code"),
    path("<int:pk>/don-vi/them/", posts.new_unit, name="new_unit"),
    path("<int:pk>/don-vi/<int:unit_id>/", posts.change_unit, name="change_unit"),
    path("<int:pk>/don-vi/<int:unit_id>/ket-thuc/", posts.end_unit, name="end_unit"),
    path("<int:pk>/chuc-danh/them/", posts.new_post, name="new_post"),
    path("<int:pk>/chuc-danh/<int:post_id>/", posts.change_post, name="change_post"),
    path("<int:pk>/chuc-danh/<int:post_id>/nhiem-vu/", posts.hand_duty, name="hand_duty"),
    path("<int:pk>/chuc-danh/<int:post_id>/giao/", posts.new_seat, name="new_seat"),
    path("<int:pk>/chuc-danh/<int:post_id>/thoi/<int:person_id>/", posts.end_seat, name="end_seat"),
    path("<int:pk>/chuc-danh/<int:post_id>/lam-thay/", substitutions.for_post, name="substitute"),
    path("<int:pk>/nguoi/<int:person_id>/", posts.change_contact, name="contact"),
]
