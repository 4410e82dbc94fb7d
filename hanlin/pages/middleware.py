from hanlin.pages.domain.desks import seat


class DeskMiddleware:
    """Before anyone enters the editors' rooms, their groups are set to what their grants of today say."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/cms/") and request.user.is_authenticated:
            seat(request.user)
        return self.get_response(request)
