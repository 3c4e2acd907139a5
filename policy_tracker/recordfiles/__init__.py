"""Records as YAML or JSON files, each value with its line, and errors that name it."""
