from hanlin.kernel.context import remember_address


class AddressMiddleware:
    """Keeps the client's address at hand for the audit trail."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        remember_address(request.META.get("REMOTE_ADDR", ""))
        return self.get_response(request)
