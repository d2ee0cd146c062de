import Crypto
import CryptoExtras
import Hummingbird
import Logging
import Mustache
