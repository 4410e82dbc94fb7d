from .statement import Statement

__all__ = ["Statement"]
