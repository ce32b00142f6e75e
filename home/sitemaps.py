def sitemap(request):
    pass
