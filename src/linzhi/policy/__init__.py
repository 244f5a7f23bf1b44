"""Policy: packs of dated, sourced parameters per place, and the look-up of one value.

Nouns: pack, parameter, dated value, source, answer, snapshot, category, method file, entered value.
A pack's files are loaded once per process and never change while it runs; a new version is a new start. What an installation enters itself
(`models`, `commands`) becomes packs below them (`entered`).
It must never hold a rule in Python that a pack could hold, an expression language in YAML, or a
value that has neither a source nor the mark of a local setting.
"""
