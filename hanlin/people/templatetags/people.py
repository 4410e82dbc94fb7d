"""Words for what only machines read."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
# the first that fits wins: one names itself after another
_BROWSERS = {
    "MicroMessenger": "微信", "DingTalk": "钉钉", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
    "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


@register.filter
def device(user_agent: str) -> str:
    """Chrome · Windows, out of what a browser says of itself."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), "")
    return " · ".join(filter(None, (browser, system))) or _("unknown browser")
