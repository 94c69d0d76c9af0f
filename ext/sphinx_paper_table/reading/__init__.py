"""From files to records: YAML is read, checked and linked; every problem is collected, none raised. No Sphinx."""
