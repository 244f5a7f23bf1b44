"""Runs working methods: matters, steps, limits, pauses, tasks.

Nouns: Method (YAML in a pack), Matter (one run of a method about a subject), Clock (a running limit), Task (what
waits for somebody). `rules.decide` is pure; `engine.open_matter` and `engine.perform` are called inside commands only.
A matter keeps the version of the method it began with. Never: an act that no command implements; closing by timeout.
"""
