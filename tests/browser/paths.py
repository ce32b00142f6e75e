"""One address of each kind of page in the demonstration, in both languages."""

from django.utils import timezone

from home.demo.dates import open_house_day

YEAR = open_house_day(timezone.localdate()).year

SWEDISH = {
    "home": "/",
    "list": "/asf-listan/",
    "list filtered": "/asf-listan/?county=21&industry=cafe-catering",
    "list without hits": "/asf-listan/?q=finnsinte",
    "enterprise": "/asf-listan/cafe-lotsbrickan/",
    "standard": "/om-asf/",
    "section": "/utvecklingsomraden/",
    "theme": "/utvecklingsomraden/att-bli-ett-asf/",
    "campaigns": "/kampanjer/",
    "campaign": f"/oppet-hus/{YEAR}/",
    "library": "/kunskapsbank/",
    "library filtered": "/kunskapsbank/?audience=asf",
    "film": "/kunskapsbank/pengar-till-starten/",
    "handbook": "/kunskapsbank/att-bli-ett-asf/",
    "chapter": "/kunskapsbank/att-bli-ett-asf/vad-ar-ett-asf/",
    "whole book": "/kunskapsbank/att-bli-ett-asf/hela-boken/",
    "guidance": "/kunskapsbank/visa-er-samhallsnytta/",
    "template": "/kunskapsbank/forfragan-reserverat-kontrakt/",
    "story": "/kunskapsbank/fran-tva-timmar-till-egen-nyckel/",
    "report": "/kunskapsbank/laget-september-2022/",
    "press room": "/press/",
    "release": "/press/40-asf-oppnar-sina-dorrar/",
    "debate": "/press/kommunen-forsta-kunden/",
    "search": "/sok/",
    "search hits": "/sok/?q=handbok",
    "search without hits": "/sok/?q=qqqqzzzz",
}
ENGLISH = {
    "home": "/en/",
    "list": "/en/the-asf-list/",
    "list filtered": "/en/the-asf-list/?county=21&industry=cafe-catering",
    "list without hits": "/en/the-asf-list/?q=doesnotexist",
    "enterprise": "/en/the-asf-list/cafe-lotsbrickan/",
    "standard": "/en/about-asfs/",
    "section": "/en/development-areas/",
    "theme": "/en/development-areas/becoming-an-asf/",
    "campaigns": "/en/campaigns/",
    "campaign": f"/en/open-house/{YEAR}/",
    "library": "/en/library/",
    "library filtered": "/en/library/?audience=asf",
    "film": "/en/library/money-to-start/",
    "handbook": "/en/library/becoming-an-asf/",
    "chapter": "/en/library/becoming-an-asf/what-is-an-asf/",
    "whole book": "/en/library/becoming-an-asf/whole-book/",
    "guidance": "/en/library/show-your-social-benefit/",
    "template": "/en/library/follow-up-of-social-benefit/",
    "story": "/en/library/from-two-hours-to-a-key-of-her-own/",
    "report": "/en/library/state-of-asfs-september-2022/",
    "press room": "/en/press/",
    "release": "/en/press/40-asfs-open-their-doors/",
    "debate": "/en/press/municipality-first-customer/",
    "search": "/en/search/",
    "search hits": "/en/search/?q=handbook",
    "search without hits": "/en/search/?q=qqqqzzzz",
    "untranslated": "/en/about-asfs/om-asf-lyfter/",
}
MISSING = {"not found": "/finns-inte/", "not found in English": "/en/does-not-exist/"}
EVERY = [*SWEDISH.values(), *ENGLISH.values(), *MISSING.values()]
