"""A laid-out PDF goes in; a PDF fit for one use comes out."""
