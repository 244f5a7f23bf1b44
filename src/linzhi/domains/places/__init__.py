"""The ground: estates, buildings, dwellings, grids and facilities, on the territory tree.

Nouns: Estate, Building, Dwelling, Grid, GridPart, Facility; divisions are plain nodes of the tree.
Life cycle: a place begins on a day and may end on a day; a grid's parts change by dated rows.
Never: a fact about a person, an overwritten border, two grids of one kind over the same ground.
"""
