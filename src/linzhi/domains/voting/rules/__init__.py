"""The law of an owners' vote, without a table or a clock.

`vote` is what a count rests on, `roll` says who owns which area, `tally` counts. `cases` reads votes written in YAML, `export` writes a
vote that can be counted again, `verify` counts it again: one file of plain Python that needs nothing of this package.
"""
