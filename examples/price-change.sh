#!/usr/bin/env bash
# Raises the prices of an app, and sees them become live: in a sandbox 24 hours pass at once.
#
#   examples/price-change.sh http://127.0.0.1:8080
#
# The last step turns the clock of a sandbox (docs/sandbox.md). PARTNER is a vendor's credentials
# (e-mail:token), APP the key of one of his apps; those of the sandbox by default.
set -euo pipefail

base=${1:?usage: price-change.sh URL, such as http://127.0.0.1:8080}
base=${base%/}
PARTNER=${PARTNER:-partner@example.com:partner-token}
APP=${APP:-example.larkspur.hourglass}
HOSTING=${HOSTING:-datacenter}
for tool in curl jq; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
# call WHO METHOD HREF [curl options]: prints the body; fails, and says why, on a status from 400.
call() {
    local who=$1 method=$2 href=$3
    shift 3
    local auth=()
    [ "$who" = nobody ] || auth=(--user "$who")
    rm -f "$work/answer"
    if ! curl --silent --show-error --fail-with-body --request "$method" "${auth[@]}" "$@" \
        --output "$work/answer" "$base$href"; then
        jq -r '.errors[]? | "   \(.path // "") \(.message)"' "$work/answer" >&2 2>/dev/null || true
        return 1
    fi
    cat "$work/answer"
}
# prices live|pending: where they are, from the app's template.
prices() { local href=${template/\{cloudOrServer\}/$HOSTING}; printf '%s' "${href/\{liveOrPending\}/$1}"; }
show() { jq -r '.items[] | "   \(.editionDescription): $\(.amount)"' <<<"$1" | head -4; }

say "1. The prices that hold now"
addons=$(call nobody GET "$(call nobody GET /rest/2 | jq -r ._links.addons.href)?limit=0")
byKey=$(jq -r ._links.byKey.href <<<"$addons")
app=$(call "$PARTNER" GET "${byKey/\{addonKey\}/$APP}")
template=$(jq -r '[._links.pricing | if type == "array" then .[] else . end | select(.templated)][0].href' <<<"$app")
before=$(call nobody GET "$(prices live)")
show "$before"

say "2. Submit prices that are a tenth higher"
jq '{expertDiscountOptOut, items: [.items[] |
    {unitCount, monthsValid, licenseType, amount: (.amount * 110 | round / 100)}]}' \
    <<<"$before" >"$work/prices.json"
pending=$(call "$PARTNER" PUT "$(prices pending)" --header 'Content-Type: application/json' \
    --data @"$work/prices.json")
show "$pending"

say "3. For everyone the old ones still hold"
during=$(call nobody GET "$(prices live)")
show "$during"
[ "$(jq -c '[.items[].amount]' <<<"$during")" = "$(jq -c '[.items[].amount]' <<<"$before")" ]

say "4. Let 24 hours pass"
call nobody POST /sandbox/clock --data '{"advance": "PT24H"}' | jq -r '"   it is \(.now)"'

say "5. Now the new ones hold"
after=$(call nobody GET "$(prices live)")
show "$after"
[ "$(jq -c '[.items[].amount]' <<<"$after")" = "$(jq -c '[.items[].amount]' <<<"$pending")" ]
say "Live: $base$(prices live)"
