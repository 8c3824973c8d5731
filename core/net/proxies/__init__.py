"""The proxy through which each address is reached: chosen in one place, for every client alike."""

from core.net.proxies.choosing import DIRECT as DIRECT
from core.net.proxies.choosing import Proxies as Proxies
from core.net.proxies.choosing import Proxy as Proxy
from core.net.proxies.choosing import proxies_from as proxies_from
