from .indicator import EchelonStage, Indicator, IndicatorValue

__all__ = ["EchelonStage", "Indicator", "IndicatorValue"]
