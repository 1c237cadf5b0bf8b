"""The clothing-support kit: customer care for the fictional shop Fernhill."""
