"""The outline of a document: parts, sections, and the logic of their criteria."""
