"""Evidence packs for an inspector: a correction, or a class and its year, as a ZIP that proves itself (S3-71)."""
