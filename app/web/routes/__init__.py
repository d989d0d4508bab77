"""What the web process answers, one noun per file. Each module holds a `router`; `application` includes them."""
