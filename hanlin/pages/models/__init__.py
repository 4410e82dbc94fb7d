from .base import SitePage, Topic
from .cases import CaseIndexPage, CasePage
from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .standards import StandardPage, StandardsIndexPage

__all__ = [
    "CaseIndexPage",
    "CasePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "SitePage",
    "StandardPage",
    "StandardsIndexPage",
    "Topic",
]
