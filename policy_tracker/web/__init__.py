"""HTML pages for people, htmx partials, feeds."""
