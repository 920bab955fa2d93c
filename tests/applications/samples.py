"""A version of Jira as the wire shows it."""

VERSIONS = "/rest/2/applications/jira/versions"

JIRA_8 = {
    "_links": {
        "self": {"href": f"{VERSIONS}/build/800007"},
        "parent": {"href": "/rest/2/applications/jira"},
    },
    "buildNumber": 800007,
    "dataCenterCompatible": True,
    "version": "8.0.7",
    "releaseDate": "2019-02-09",
    "status": "published",
}
