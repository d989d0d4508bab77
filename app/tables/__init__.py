"""Tables as files hold them: bytes in some encoding or a spreadsheet, made into what `nncore.tables` reads."""
