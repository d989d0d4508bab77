"""The live race: two to six runs in step by epochs, before one viewer."""
