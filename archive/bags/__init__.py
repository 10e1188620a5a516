"""BagIt bags (RFC 8493): what is kept of a class and its year, for a medium that outlives the portal."""
