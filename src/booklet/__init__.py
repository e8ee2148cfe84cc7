"""Booklet turns one structured guide into files for print, screen and e-readers."""

__version__ = "0.1.0"
