"""A wish as a row: the job, its plan, what it has learnt, and the pure step forward.

How it works. A job is one wish of one person, stored before it is acknowledged. Its *plan* is a row
of *steps*, each of which makes at most one request, so that between any two requests everything
known is on disk. A step ends in one of five outcomes, and `advance` turns job + outcome into the
next job and the words to post; the store writes both in one transaction. Nothing else moves a job.

* **Next**: done, go to the following step, or end here (`last`). Resets the attempts: only failures
  count.
* **Wait**: not finished, look again after some seconds (polling, a second photo, a look at the
  state).
* **Retry**: it failed in a way that passes; the same step later, one attempt more.
* **Rewind**: something earlier has to be made anew (a token, a session, an upload).
* **Fail**: over, with words.

`claims` counts how often a step was taken up without reporting back: claiming a job adds 1,
committing sets 0. A step that finds more than 1 knows that an earlier run was killed in its middle,
and must look before it acts; a paid request (GENERATE) is then never repeated."""

from core.domain.requests.advancing import advance, following
from core.domain.requests.job import Account, Job, Project, Secret, State
from core.domain.requests.outcomes import (
    Advanced,
    Does,
    Fail,
    Kept,
    Next,
    Notice,
    Offer,
    Outcome,
    Retry,
    Rewind,
    Wait,
)
from core.domain.requests.plans import (
    PLANS,
    READ_ONLY,
    USUAL_CREDITS,
    Copy,
    CopyKind,
    Member,
    Plan,
    ReelLimits,
    Step,
    Wish,
)
from core.domain.requests.posting import (
    SELF,
    TAKEN_AWAY,
    afterwards,
    cancel_buttons,
    doubtful,
    slot,
    to_outbound,
)
from core.domain.requests.progress import (
    Changes,
    Connection,
    Export,
    Part,
    Payer,
    Price,
    Progress,
    Render,
    Reply,
    Session,
    Snapshot,
    TurnProgress,
    Upload,
)
from core.domain.requests.why import Why

__all__ = [
    "PLANS",
    "READ_ONLY",
    "SELF",
    "TAKEN_AWAY",
    "USUAL_CREDITS",
    "Account",
    "Advanced",
    "Changes",
    "Connection",
    "Copy",
    "CopyKind",
    "Does",
    "Export",
    "Fail",
    "Job",
    "Kept",
    "Member",
    "Next",
    "Notice",
    "Offer",
    "Outcome",
    "Part",
    "Payer",
    "Plan",
    "Price",
    "Progress",
    "Project",
    "ReelLimits",
    "Render",
    "Reply",
    "Retry",
    "Rewind",
    "Secret",
    "Session",
    "Snapshot",
    "State",
    "Step",
    "TurnProgress",
    "Upload",
    "Wait",
    "Why",
    "Wish",
    "advance",
    "afterwards",
    "cancel_buttons",
    "doubtful",
    "following",
    "slot",
    "to_outbound",
]
