"""What a person may ask of those who hold their data: a copy, a correction, erasure; and data that goes by itself when its time is over.

Nouns: Correction, Erasure (with its line in the list of erasures, which outlives a restored backup), Hold (a legal hold), RetentionRun.
Never: an erasure without saying what stays and by which law, one that a restored backup takes back, data kept without a declared end.
"""
