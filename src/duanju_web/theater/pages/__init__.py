"""The theater's pages."""
