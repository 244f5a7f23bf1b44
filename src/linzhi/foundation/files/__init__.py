"""What people upload: photos, PDFs and tables, checked by content, stripped of where and when, private by default.

Nouns: StoredFile. Life cycle: prepared (on the disk) -> stored (a row) -> attached to something -> or discarded after a day.
Never: trusting a name or a declared type, keeping EXIF or GPS, or showing a file that the area it belongs to doesn't show.
"""
