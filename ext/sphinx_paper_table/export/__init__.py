"""From the catalogue to text for others: schemas and, in time, every export. Writes nothing itself.

Layer 1 of the package: knows `model` only.
"""
