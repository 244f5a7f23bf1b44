"""The audit log: append-only entries, sealed in batches into a hash chain.

Nouns: Entry, Link, Seal. Writing an entry takes no lock; a job seals what has been committed since.
`linzhi audit verify` finds any changed, missing or reordered entry. Never: an update, a deletion, a clear private input.
"""
