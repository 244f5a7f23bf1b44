"""Registers as Excel: columns, hardened reading, templates, previews, imports that can be stopped, resumed and undone, exports.

Knows no register: domains declare theirs in `registers.py` (see `register.Register`). Writes only through the commands that a
register names, and its own commands about imports. Must never merge two records by itself or take half a row.
"""
