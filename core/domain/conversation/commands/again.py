"""A video once more, as it was asked for, with what is to be different: by a button and in words
alike."""

from dataclasses import dataclass, replace

from core.domain.conversation import choices
from core.domain.conversation.chat import Context, Decision, afforded, asks, to_job
from core.domain.conversation.commands.replies import begin, briefly, phrase, too_many
from core.domain.gathering import Bundle, Item, Line
from core.domain.requests import Job, Plan, Progress, Project, version_shown
from core.domain.versions import Versions
from core.messages import Attachment, Inbound, Payload, read_payload


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a video was made of: the words of its wish and of each change since, and the files.
    `anew`: it becomes a project of its own, also without files."""

    words: str
    files: tuple[Attachment, ...]
    skill: str
    anew: bool = True


def make_again(context: Context, inbound: Inbound, now: float) -> Decision:
    """What it stands under once more, as the user's own decision to pay again: the version that a
    result shows, the wish of what failed."""
    if inbound.job is None:
        return once_more(context, inbound, inbound.text, now)
    if context.named is None:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.again_gone"),))
    amended = inbound.text == Payload.AMENDED
    if not amended and was_reel(context, context.named.progress.worked_in):
        return Decision(context.chat, posts=(phrase(context, inbound, "reel.again"),))
    recipe = (None if amended else _of_version(context, context.named)) or _of_request(context)
    if recipe and amended:
        recipe = replace(recipe, words=context.named.bundle.words)
    if recipe is None or not (recipe.words or recipe.files):
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.again_gone"),))
    if change := _chosen(inbound.text, context.chat.speaks):
        recipe = replace(recipe, words=f"{recipe.words} {change}")
    return _made(context, inbound, recipe, now)


def _chosen(carries: str, language: str) -> str:
    """What was chosen by buttons to be different."""
    found = read_payload(carries)
    chosen = found is not None and found.payload is Payload.CHOSEN
    return choices.wished(found.which, language) if found and chosen else ""


def once_more(context: Context, inbound: Inbound, change: str, now: float) -> Decision:
    """The video at hand once more, as words ask for it, with the change that they name."""
    made = (job for job in context.past if job.plan is Plan.MAKE and _wished(job))
    theirs = context.about
    newest = next(
        (job for job in made if not theirs or job.progress.works_in(theirs.session)), None
    )
    if was_reel(context, _session(context, newest)):
        return Decision(context.chat, posts=(phrase(context, inbound, "reel.again"),))
    recipe = (
        (_of_version(context, context.answered) if context.answered else None)
        or (_of_project(context, context.chat.project) if context.chat.project else None)
        or (_of_latest(context, newest) if newest else None)
    )
    if recipe is None:
        return Decision(context.chat, posts=(asks(context, inbound, "ask.nothing_made"),))
    words = "\n".join(filter(None, (recipe.words, change.strip())))
    return _made(context, inbound, replace(recipe, words=words), now)


def _session(context: Context, newest: Job | None) -> str:
    """The project that words without a button are about, "" for none."""
    meant = context.answered or (None if context.chat.project else newest)
    if meant is not None:
        return meant.progress.worked_in
    return context.chat.project.session if context.chat.project else ""


def was_reel(context: Context, session: str) -> bool:
    """Whether the video of that project began with the photos of a group reel, which are gone:
    without them it would be another one, and paid for."""
    known = (context.named, context.answered, *context.past)
    made = (it for it in known if it is not None and it.progress.works_in(session))
    return any(it.progress.wish.reel and it.video for it in made)


def _of_version(context: Context, job: Job) -> Recipe | None:
    """Of the version that the result of this request shows; None where it shows none."""
    versions = context.histories.get(job.progress.worked_in, Versions())
    return _way(versions, version_shown(job, versions), job.skill)


def _of_project(context: Context, project: Project) -> Recipe | None:
    """Of the version at which a project stands, or which was spoken of."""
    versions = context.histories.get(project.session, Versions())
    makers = (job.skill for job in context.past if job.progress.works_in(project.session))
    number = project.version or versions.shown
    return _way(versions, number, next(makers, context.skill.slug))


def _of_latest(context: Context, made: Job) -> Recipe:
    """Of the newest project, which nobody works on any more."""
    versions = context.histories.get(made.progress.worked_in, Versions())
    return _way(versions, versions.shown, made.skill) or _recipe(made)


def _way(versions: Versions, number: int, skill: str) -> Recipe | None:
    """The wish and all changes up to that version; None where nobody knows how it began."""
    way = versions.way(number)
    if not way or not (way[0].words or way[0].files):
        return None
    files = dict.fromkeys(file for version in way for file in version.files)
    return Recipe("\n".join(version.words for version in way if version.words), (*files,), skill)


def _of_request(context: Context) -> Recipe | None:
    """Of the request that the button names; under an export that of the project."""
    job = next((job for job in (context.named, *context.past) if job and _wished(job)), None)
    return _recipe(job) if job else None


def _recipe(job: Job) -> Recipe:
    words = job.progress.wish.words or job.bundle.words
    files = job.progress.wish.everything or job.bundle.files
    return Recipe(words, files, job.skill, anew=bool(files))


def _wished(job: Job) -> bool:
    """Whether there is something to run once more: an export has neither photos nor words."""
    return bool(job.bundle.items or job.progress.wish.words)


def _made(context: Context, inbound: Inbound, recipe: Recipe, now: float) -> Decision:
    verdict = afforded(context, inbound, now)
    if not verdict.allowed:
        return too_many(context, inbound, verdict, now)
    job = to_job(context, inbound, Plan.MAKE, Progress(), now)
    items = tuple(Item(place, file) for place, file in enumerate(recipe.files))
    job = replace(job, about=None) if recipe.anew else job
    bundle = Bundle(
        items, (Line(0, recipe.words),), opened=now, addressed=True, anew=recipe.anew, agreed=True
    )
    return begin(context, replace(job, bundle=bundle, skill=recipe.skill), "status.on_it")
