"""Files, under /files/."""

from django.urls import path

from linzhi.foundation.files import views

urlpatterns = [
    path("<uuid:file_id>/", views.show, name="file"),
    path("<uuid:file_id>/thumb/", views.show, {"thumb": True}, name="file_thumb"),
]
