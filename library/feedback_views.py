"""Where “Was this helpful?” is sent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from library.feedback import feedback_form, is_from_here, keep, pages_that_ask

#: What the page's address says when it thanks; no cookie has to.
THANKS = "tack"


@csrf_exempt  # The token needs a cookie, and the reader shall have none: see ``is_from_here``.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form about one page by itself; POST keeps the answer and leads back to the page.

    404 when the page is not public or does not ask, 403 when another site sends the form.
    """
    page = get_object_or_404(pages_that_ask().select_related("locale"), id=pk)
    if request.method == "POST" and not is_from_here(request):
        raise PermissionDenied
    form = feedback_form(request)
    if form.is_valid():
        keep(page, form.cleaned_data["helpful"], form.cleaned_data["comment"])
        return redirect(f"{page.get_url(request)}?{THANKS}=1#helpful")
    context = {"form": form, "about": page}
    return render(request, "library/feedback.html", context, status=422 if form.errors else 200)
