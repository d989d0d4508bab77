"""The command line: serve, train, race, export. Its front door is `main`."""
