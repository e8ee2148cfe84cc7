"""The bytes of a finished file go in; what its readers would stumble over comes out."""
