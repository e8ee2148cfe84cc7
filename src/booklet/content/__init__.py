"""YAML goes in; the guide and the publication come out, or every problem with its place."""
