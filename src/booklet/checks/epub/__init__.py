"""An EPUB goes in; what its readers would miss comes out."""
