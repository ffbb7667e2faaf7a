"""What pages say when they are not there, take us for a robot, or want money. Pure."""

import re

MISSING_TITLE = re.compile(
    r"\b(?:page|file|document|article|content|site) (?:was )?(?:not|no longer) (?:be )?(?:found|available|exists?)\b"
    r"|\b(?:page|file|document) (?:cannot|can[’']?t|can not|could not|couldn[’']?t) be found\b"
    r"|^(?:error\W*)?404\b|\b404 (?:error|not found)\b|\berror 404\b|^not found\b|^page (?:missing|removed)\b",
    re.IGNORECASE,
)
MISSING_TEXT = re.compile(
    MISSING_TITLE.pattern.replace("^", r"\A") + r"|\b(?:could not|couldn[’']?t|cannot|can[’']?t|can not|unable to)"
    r" (?:find|locate) (?:the|that|this) (?:page|file|document)"
    r"|\bpage you (?:requested|are looking for|were looking for|have requested)\b[^.]{0,60}"
    r"\b(?:not|no longer|moved|removed|deleted)\b",
    re.IGNORECASE,
)
ROBOTS_TITLE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|are you (?:a )?(?:human|robot)"
    r"|checking your browser|pardon our interruption|security check|bot verification|human verification|robot check"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|one moment, please|request rejected|ddos-guard|validate user)",
    re.IGNORECASE,
)
ROBOTS_TEXT = re.compile(
    r"enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a |not a )?(?:human|robot)"
    r"|checking (?:if the site connection is secure|your browser before)|unusual traffic from your"
    r"|request unsuccessful\. incapsula|complete the captcha|confirm (?:that )?you are (?:a )?(?:human|not a robot)",
    re.IGNORECASE,
)
PAY_TEXT = re.compile(
    r"this is a preview of subscription content|(?:purchase|buy|rent) (?:this|the|full) (?:article|chapter|access)"
    r"|(?:subscribe|sign in|log in|login) to (?:read|continue|view|access)|get full access to this article"
    r"|access through your institution|purchase (?:instant |short-term )?access|subscription required"
    r"|to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign in|log in)",
    re.IGNORECASE,
)
