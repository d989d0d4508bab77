"""The web process: HTTP and the live socket's shell around it; it never trains and never blocks."""
