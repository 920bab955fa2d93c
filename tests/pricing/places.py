"""Where the prices of the app under test lie."""

KEY = "com.acme.draw"
HISTORY = f"/rest/haymarket/1/apps/{KEY}/price-lists"


def place(state: str = "pending", hosting: str = "server", key: str = KEY) -> str:
    """The address of its prices."""
    return f"addons/{key}/pricing/{hosting}/{state}"
