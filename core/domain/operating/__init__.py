"""What those whom ADMINS names can do to the whole bot, and what they are told of it."""

from core.domain.operating.news import News as News
from core.domain.operating.news import NewsState as NewsState
from core.domain.operating.people import estranged as estranged
from core.domain.operating.people import person as person
from core.domain.operating.people import raised as raised
from core.domain.operating.people import spent as spent
from core.domain.operating.terms import FREE as FREE
from core.domain.operating.terms import UNASKED as UNASKED
from core.domain.operating.terms import UNPAID_STEPS as UNPAID_STEPS
from core.domain.operating.terms import Announce as Announce
from core.domain.operating.terms import Ban as Ban
from core.domain.operating.terms import Draft as Draft
from core.domain.operating.terms import Hush as Hush
from core.domain.operating.terms import Operation as Operation
from core.domain.operating.terms import Overview as Overview
from core.domain.operating.terms import Pause as Pause
from core.domain.operating.terms import Raise as Raise
from core.domain.operating.terms import Resume as Resume
from core.domain.operating.terms import Unban as Unban
from core.domain.operating.terms import called_off as called_off
from core.domain.operating.terms import unpaid as unpaid
