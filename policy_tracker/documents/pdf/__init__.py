"""PDF pages to lines, tables and blocks, by the geometry of what is printed."""
