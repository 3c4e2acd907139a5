"""From a document's bytes to a record."""
