"""Every address. Domains list their own screens; this file only says where they hang."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from linzhi.config.api.instance import api
from linzhi.domains.bodies.pages import staff_urls as bodies_staff
from linzhi.domains.compliance.pages import staff_urls as compliance_staff
from linzhi.domains.desk.pages import public_urls as desk_public
from linzhi.domains.desk.pages import staff_urls as desk_staff
from linzhi.domains.people.pages import resident_urls as people_resident
from linzhi.domains.people.pages import staff_urls as people_staff
from linzhi.domains.places.pages import staff_urls as places_staff
from linzhi.domains.requests.pages import resident_urls as requests_resident
from linzhi.domains.requests.pages import staff_urls as requests_staff
from linzhi.web import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linzhi.web.urls")),
    path("accounts/", include("linzhi.foundation.accounts.urls")),
    path("api/v1/", api.urls),
    path("files/", include("linzhi.foundation.files.urls")),
    path("", include(([*desk_public.urlpatterns, *desk_staff.urlpatterns], "desk"))),
    path("", include((places_staff.urlpatterns, "places"))),
    path("", include((bodies_staff.urlpatterns, "bodies"))),
    path("", include(([*people_staff.urlpatterns, *people_resident.urlpatterns], "people"))),
    path("", include((compliance_staff.urlpatterns, "compliance"))),
    path("", include(([*requests_resident.urlpatterns, *requests_staff.urlpatterns], "requests"))),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
