"""Tells of mails as SES does that have a configuration set: what bounces, and what is complained of, as an event on the default bus.

MiniStack keeps event destinations and tells nobody, and nobody but AWS may put an event of SES's on that bus. Which mail comes back is
said by its address, as with SES's mailbox simulator: bounce@, suppressionlist@ and complaint@simulator.amazonses.com, with or without
a label behind a plus sign. The shape is that of
https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
"""

import asyncio
import json

from ministack.core.responses import get_account_id, get_region, now_iso
from ministack.services import eventbridge, ses, ses_v2

KINDS = {
    "Bounce": ("BOUNCE", "bounce", "Email Bounced"),
    "Complaint": ("COMPLAINT", "complaint", "Email Complaint Received"),
}


def outcomes(address: str) -> tuple:
    local, _, domain = address.lower().partition("@")
    if domain != ses._SIMULATOR_DOMAIN:
        return ()
    return ses._SIMULATOR_OUTCOMES.get(local.split("+")[0], ())


def is_told(configuration_set: str, event_type: str) -> bool:
    known = ses_v2._config_sets.get(configuration_set) or {}
    return any(
        destination.get("Enabled") and "EventBridgeDestination" in destination and event_type in destination["MatchingEventTypes"]
        for destination in (known.get("EventDestinations") or {}).values()
    )


def tell(sent: dict, message_id: str) -> None:
    configuration_set = sent.get("ConfigurationSetName", "")
    destination = sent.get("Destination", {})
    recipients = [one for kind in ("To", "Cc", "Bcc") for one in destination.get(f"{kind}Addresses", [])]
    tags = {"ses:configuration-set": [configuration_set]}
    tags |= {tag["Name"]: [tag["Value"]] for tag in sent.get("EmailTags", [])}
    for recipient in recipients:
        for kind, sub_type in outcomes(recipient):
            event_type, field, detail_type = KINDS.get(kind, ("", "", ""))
            if not is_told(configuration_set, event_type):
                continue
            detail = {
                "eventType": kind,
                field: ses._notification_detail(kind, recipient, now_iso(), sub_type)[field],
                "mail": {
                    "timestamp": now_iso(),
                    "source": sent.get("FromEmailAddress", ""),
                    "sendingAccountId": get_account_id(),
                    "messageId": message_id,
                    "destination": recipients,
                    "tags": tags,
                },
            }
            resource = f"arn:aws:ses:{get_region()}:{get_account_id()}:configuration-set/{configuration_set}"
            entry = {"Source": "aws.ses", "DetailType": detail_type, "Detail": json.dumps(detail), "Resources": [resource]}
            eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def tell_of_mails() -> None:
    handle_request = ses_v2.handle_request

    async def handle(method, path, headers, body, query_params):
        answer = await handle_request(method, path, headers, body, query_params)
        if method == "POST" and path.endswith("/outbound-emails") and answer[0] == 200:
            # It comes back later than the answer that it was taken.
            sent, taken = json.loads(body), json.loads(answer[2])
            asyncio.get_running_loop().call_later(0.2, tell, sent, taken["MessageId"])
        return answer

    ses_v2.handle_request = handle
