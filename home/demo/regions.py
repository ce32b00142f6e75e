"""Districts, process leaders, the survey of the counties and certification: made up, both years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wagtail.models import Locale, TranslatableMixin

from asflist.enums import QuestionKind
from asflist.models import (
    CertificationStep,
    CertificationStepDone,
    District,
    Enterprise,
    ProcessLeader,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyRound,
)
from home.demo.content import in_language, read
from home.demo.translation import translate

#: A certificate is for so long; its steps were done before.
VALID = timedelta(days=3 * 365)
#: Numbers from here are nobody’s (the Swedish Post and Telecom Authority’s numbers for fiction).
FIRST_PHONE = 10


class Regions:
    """One load of all that is around the list."""

    def __init__(self, swedish: Locale, english: Locale, today: date) -> None:
        self.swedish, self.english, self.today = swedish, english, today
        self.content = read("regions")

    def load(self) -> str:
        """Make everything in both languages; return what has been made, in words."""
        self.load_districts()
        self.load_leaders()
        self.load_survey()
        steps = self.load_steps()
        self.load_progress(steps)
        return "districts, process leaders, a survey and the plan of certification"

    def make(self, model: Any, item: dict[str, Any], texts: Iterable[str], **fields: Any) -> Any:
        """Return a snippet of ``item`` in Swedish, translated by its ``texts``."""
        swedish, english = in_language(item, "sv"), in_language(item, "en")
        own = {name: swedish[name] for name in texts}
        made: TranslatableMixin = model.objects.create(locale=self.swedish, **own, **fields)
        twin = model.objects.get(pk=made.pk)
        for name in texts:
            setattr(twin, name, english[name])
        translate(made, twin, self.english)
        return made

    def load_districts(self) -> None:
        """Make the districts, each with its office."""
        contact = self.content["district_contact"]
        for place, item in enumerate(self.content["districts"]):
            self.make(
                District,
                {**item, "contact_name": contact["name"], "contact_role": contact["role"]},
                ("name", "introduction", "contact_name", "contact_role"),
                counties=item["counties"],
                phone=f"08-465 004 {40 + place}",
                email=f"{item['key']}@distrikt.example",
            )

    def load_leaders(self) -> None:
        """Make a process leader a county, called by the role."""
        words = self.content["leader"]
        for number, (code, (place, mailbox)) in enumerate(self.content["leaders"].items()):
            names = {key: text.format(place=place) for key, text in words["name"].items()}
            self.make(
                ProcessLeader,
                {"name": names, "role": words["role"]},
                ("name", "role"),
                counties=[code],
                phone=f"070-174 06 {FIRST_PHONE + number}",
                email=f"{mailbox}@asflyfter.example",
            )

    def load_survey(self) -> None:
        """Make the survey with its questions, and what was answered each time."""
        item = self.content["survey"]
        survey = self.make(Survey, item, ("title", "introduction", "source"), slug=item["slug"])
        questions = [
            self.make(
                SurveyQuestion,
                question,
                ("text", "unit"),
                survey=survey,
                code=question["code"],
                kind=QuestionKind.NUMBER,
                sort_order=order,
            )
            for order, question in enumerate(item["questions"])
        ]
        for day, counties in item["rounds"].items():
            occasion = SurveyRound.objects.create(survey=survey, asked_on=day, published=True)
            rows = {**counties, "": item["given"].get(day, [])}
            SurveyAnswer.objects.bulk_create(
                SurveyAnswer(round=occasion, question=question, county_code=code, value=value)
                for code, values in rows.items()
                for question, value in zip(questions, values, strict=False)
            )

    def load_steps(self) -> list[CertificationStep]:
        """Make the steps of the plan."""
        texts = ("title", "text", "evidence")
        return [
            self.make(CertificationStep, item, texts, sort_order=order)
            for order, item in enumerate(self.content["steps"])
        ]

    def load_progress(self, steps: list[CertificationStep]) -> None:
        """Let the certified have done every step before, and some others be on their way."""
        entries = Enterprise.objects.published().in_source_language().social_enterprises()
        others = entries.filter(certified_until=None).alphabetical()
        on_their_way = zip(self.content["on_their_way"], others, strict=False)
        done = [
            CertificationStepDone(enterprise=entry, step=step, done_on=until - VALID)
            for entry in entries
            if (until := entry.certified_until)
            for step in steps
        ]
        done += [
            CertificationStepDone(
                enterprise=entry, step=step, done_on=self.today - timedelta(days=30)
            )
            for number, entry in on_their_way
            for step in steps[:number]
        ]
        CertificationStepDone.objects.bulk_create(done)
