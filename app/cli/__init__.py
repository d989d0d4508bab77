"""The command line: serve, train, export. Its front door is `main`."""
