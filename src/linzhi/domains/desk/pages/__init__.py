"""The screens of desk, one file each."""
