"""Linzhi 邻治: a residential estate governed by the people who live in it."""

__version__ = "0.1.0"
