"""The real pages in a real browser, on a served demo county."""
