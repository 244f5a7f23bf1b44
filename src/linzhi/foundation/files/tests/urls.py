"""Only the files."""

from django.urls import include, path

urlpatterns = [path("files/", include("linzhi.foundation.files.urls"))]
