"""The screens of requests, one file each."""
