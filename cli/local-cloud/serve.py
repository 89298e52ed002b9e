"""Starts MiniStack the way the local cloud needs it, in what its settings do not reach."""

import os
import threading
import time

from ministack.app import main
from ministack.services import apigateway, eventbridge, scheduler

from mail_events import tell_of_mails

# Schedules are looked at every 10 s by default; a demo's SLA is a minute long and somebody watches it.
scheduler._SCHEDULE_TICK_INTERVAL = 1
eventbridge._SCHEDULER_TICK_INTERVAL = 1

# The functions answer with CORS headers of their own, in small letters. MiniStack would put its own beside them, in
# capitals, and a browser refuses an answer that allows two origins: under the same name one takes the other's place.
cors_headers = apigateway._cors_response_headers
apigateway._cors_response_headers = lambda config, origin: {
    name.lower(): value for name, value in cors_headers(config, origin).items()
}

tell_of_mails()


def end_with(parent: int) -> None:
    """Whoever started this may be killed without a chance to stop it: nothing must be left behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
main()
