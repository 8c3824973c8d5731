"""The proxy through which each address is reached: chosen in one place, for every client alike."""

from core.proxies.choosing import DIRECT as DIRECT
from core.proxies.choosing import Proxies as Proxies
from core.proxies.choosing import Proxy as Proxy
from core.proxies.choosing import proxies_from as proxies_from
