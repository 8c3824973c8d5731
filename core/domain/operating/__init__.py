"""What those whom ADMINS names can do to the whole bot, and what they are told of it."""

from core.domain.operating.strangers import estranged as estranged
from core.domain.operating.terms import Overview as Overview
