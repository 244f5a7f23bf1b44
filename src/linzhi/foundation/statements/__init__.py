"""Statements for the hot paths: built by the ORM once, run many times; new rows written by one plain INSERT.

The ORM stays the one definition: what is kept here is the very SQL that it made. Answers are kept for two seconds at most, and only what
anybody may know (`lately`). Never: SQL of its own, a decision.
"""
