"""A guide and its publication go in; the book with everything resolved comes out."""
