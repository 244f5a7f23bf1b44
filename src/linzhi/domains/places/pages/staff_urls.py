"""Addresses of 底数."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.places.pages import division_forms, divisions, dwellings, edit, edit_sites, estate, grids, home, sites

urlpatterns: list[URLPattern] = [
    path("desk/places/", home.view, name="home"),
    path("desk/places/estates/new/", edit.new_estate, name="estate_new"),
    path("desk/places/estates/<str:code>/", estate.view, name="estate"),
    path("desk/places/estates/<str:code>/edit/", edit.edit_estate, name="estate_edit"),
    path("desk/places/estates/<str:code>/buildings/new/", edit.new_building, name="building_new"),
    path("desk/places/buildings/<str:code>/edit/", edit.edit_building, name="building_edit"),
    path("desk/places/buildings/<str:code>/units/new/", edit.new_unit, name="unit_new"),
    path("desk/places/buildings/<str:code>/dwellings/new/", edit.new_dwelling, name="dwelling_new"),
    path("desk/places/divisions/", divisions.view, name="divisions"),
    path("desk/places/divisions/add/", division_forms.add, name="division_add"),
    path("desk/places/divisions/move/", division_forms.move, name="division_move"),
    path("desk/places/divisions/merge/", division_forms.merge, name="division_merge"),
    path("desk/places/divisions/split/", division_forms.split, name="division_split"),
    path("desk/places/dwellings/", dwellings.view, name="dwellings"),
    path("desk/places/dwellings/<int:pk>/edit/", edit.edit_dwelling, name="dwelling_edit"),
    path("desk/places/grids/", grids.view, name="grids"),
    path("desk/places/grids/new/", edit_sites.new_grid, name="grid_new"),
    path("desk/places/grids/<str:code>/edit/", edit_sites.edit_grid, name="grid_edit"),
    path("desk/places/venues/", sites.venues, name="venues"),
    path("desk/places/venues/new/", edit_sites.new_venue, name="venue_new"),
    path("desk/places/venues/<int:pk>/edit/", edit_sites.edit_venue, name="venue_edit"),
    path("desk/places/spaces/", sites.spaces, name="spaces"),
    path("desk/places/spaces/new/", edit_sites.new_space, name="space_new"),
    path("desk/places/spaces/<int:pk>/edit/", edit_sites.edit_space, name="space_edit"),
]
