#!/usr/bin/env bash
# Publishes an app to a marketplace from beginning to end, as a release script does it: it starts
# at the entry point and follows nothing but links and templates.
#
#   examples/publish.sh http://127.0.0.1:8080
#
# PARTNER and ADMIN are credentials (e-mail:token); those of the sandbox by default.
set -euo pipefail

base=${1:?usage: publish.sh URL, such as http://127.0.0.1:8080}
base=${base%/}
PARTNER=${PARTNER:-partner@example.com:partner-token}
ADMIN=${ADMIN:-admin@example.com:admin-token}
for tool in curl jq gzip; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stamp=$(date +%s)-$$
key=com.example.tutorial.hello-$stamp
name="Hello Harbour $stamp"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
# call WHO METHOD HREF [curl options]: prints the body; fails, and says why, on a status from 400.
call() {
    local who=$1 method=$2 href=$3 url
    shift 3
    case $href in http*) url=$href ;; *) url=$base$href ;; esac
    local auth=()
    [ "$who" = nobody ] || auth=(--user "$who")
    rm -f "$work/answer"
    if ! curl --silent --show-error --fail-with-body --request "$method" "${auth[@]}" "$@" \
        --output "$work/answer" "$url"; then
        jq -r '.errors[]? | "   \(.path // "") \(.message)"' "$work/answer" >&2 2>/dev/null || true
        return 1
    fi
    [ ! -e "$work/answer" ] || cat "$work/answer"
}
# expand TEMPLATE NAME=VALUE: fills one variable of a path template.
expand() { local value=${2#*=}; printf '%s' "${1//\{${2%%=*}\}/$value}"; }
# ask TEMPLATE QUERY: a query template with the given parameters in place of its list.
ask() { printf '%s?%s' "${1%%\{\?*}" "$2"; }

# A jar is a zip archive; this one is stored without compression, so that bash can write it.
entries=0
le() { # le BYTES NUMBER: a number as bytes, the lowest first
    local count=$1 number=$2 bytes=
    while ((count-- > 0)); do bytes+=$(printf '\\x%02x' $((number & 255))); number=$((number >> 8)); done
    printf '%b' "$bytes"
}
add_to_jar() { # add_to_jar NAME FILE
    local name=$1 file=$2 size offset=0
    size=$(stat -c %s "$file" 2>/dev/null || stat -f %z "$file")
    [ ! -e "$work/body" ] || offset=$(wc -c <"$work/body")
    # version 2.0, no flags, stored, 1980-01-01; the checksum is the one that gzip writes
    { le 2 20; le 2 0; le 2 0; le 2 0; le 2 33; gzip -c "$file" | tail -c 8 | head -c 4
      le 4 "$size"; le 4 "$size"; le 2 ${#name}; le 2 0; } >"$work/fields"
    { printf 'PK\003\004'; cat "$work/fields"; printf '%s' "$name"; cat "$file"; } >>"$work/body"
    { printf 'PK\001\002'; le 2 20; cat "$work/fields"; le 2 0; le 2 0; le 2 0; le 4 0; le 4 "$offset"
      printf '%s' "$name"; } >>"$work/directory"
    entries=$((entries + 1))
}
close_jar() { # close_jar FILE
    { cat "$work/body" "$work/directory"; printf 'PK\005\006'; le 4 0; le 2 $entries; le 2 $entries
      le 4 "$(wc -c <"$work/directory")"; le 4 "$(wc -c <"$work/body")"; le 2 0; } >"$1"
}

say "1. The entry point names the collections"
root=$(call nobody GET /rest/2)
jq -r '._links | to_entries[] | "   \(.key): \(.value.href)"' <<<"$root"

say "2. A jar, made on the spot"
cat >"$work/atlassian-plugin.xml" <<XML
<atlassian-plugin key="$key" name="$name" plugins-version="2">
  <plugin-info><version>1.0.0</version></plugin-info>
</atlassian-plugin>
XML
printf 'Manifest-Version: 1.0\n' >"$work/MANIFEST.MF"
add_to_jar META-INF/MANIFEST.MF "$work/MANIFEST.MF"
add_to_jar atlassian-plugin.xml "$work/atlassian-plugin.xml"
close_jar "$work/hello.jar"
ls -l "$work/hello.jar" | awk '{print "   " $5 " bytes"}'

say "3. Upload it to the assets"
assets=$(call nobody GET "$(jq -r ._links.assets.href <<<"$root")")
artifact=$(call "$PARTNER" POST "$(jq -r ._links.artifact.href <<<"$assets")" \
    --form "file=@$work/hello.jar;filename=hello.jar" | jq -r ._links.self.href)
echo "   $artifact"

say "4. The vendor of the caller, a category and the host's newest build"
vendors=$(call nobody GET "$(jq -r ._links.vendors.href <<<"$root")?limit=0")
vendor=$(call "$PARTNER" GET "$(ask "$(jq -r ._links.query.href <<<"$vendors")" forThisUser=true)" |
    jq -r '._links.vendors[0].href')
applications=$(call nobody GET "$(jq -r ._links.applications.href <<<"$root")?limit=0")
jira=$(call nobody GET "$(expand "$(jq -r ._links.byKey.href <<<"$applications")" applicationKey=jira)")
latest=$(call nobody GET "$(jq -r ._links.latestVersion.href <<<"$jira")")
category=$(call nobody GET "$(jq -r ._links.addonCategories.href <<<"$jira")" |
    jq -r '._embedded.categories[] | select(.name == "Utilities") | ._links.self.href')
build=$(jq .buildNumber <<<"$latest")
echo "   $vendor, $category, Jira $(jq -r .version <<<"$latest") = $build"

say "5. Create the app with its first version, and ask for it to be listed"
addons=$(call nobody GET "$(jq -r ._links.addons.href <<<"$root")?limit=0")
jq -n --arg key "$key" --arg name "$name" --arg vendor "$vendor" --arg category "$category" \
    --arg artifact "$artifact" --argjson build "$build" '{
  _links: {vendor: {href: $vendor}, categories: [{href: $category}]},
  key: $key, name: $name, status: "submitted", statusAfterApproval: "readytolaunch",
  tagLine: "Says hello to every ship that comes in",
  summary: "A small app that greets. It is published by a script, to show how that is done.",
  vendorLinks: {},
  _embedded: {version: {
    _links: {artifact: {href: $artifact}}, status: "public", name: "1.0.0", paymentModel: "free",
    release: {beta: false, supported: true},
    compatibilities: [{application: "jira",
      hosting: {dataCenter: {min: {build: $build}, max: {build: $build}}}}]}}
}' >"$work/app.json"
call "$PARTNER" POST "$(jq -r ._links.self.href <<<"$addons" | cut -d'?' -f1)" \
    --header 'Content-Type: application/json' --data @"$work/app.json" --dump-header "$work/head" |
    jq -r '"   status \(.status)"'
location=$(tr -d '\r' <"$work/head" | awk 'tolower($1) == "location:" {print $2}')
echo "   $location"

say "6. An administrator approves it"
app=$(call "$PARTNER" GET "$location")
approval=$(jq -r ._links.approval.href <<<"$app")
echo "   $(call "$PARTNER" GET "$approval" | jq -r .status)"
call "$ADMIN" PUT "$approval" --header 'Content-Type: application/json' --data '{"status":"approved"}'
echo "   $(call "$PARTNER" GET "$approval" | jq -r .status)"

say "7. It is ready to launch, so the vendor releases it"
app=$(call "$PARTNER" GET "$location")
release=$(jq -r '._links.release.href // empty' <<<"$app")
if [ -n "$release" ]; then
    call "$PARTNER" PUT "$release" --header 'Content-Type: application/json' --data '{"released":true}'
fi
echo "   status $(call "$PARTNER" GET "$location" | jq -r .status)"

say "8. Everyone finds it"
query=$(jq -r ._links.query.href <<<"$addons")
for _ in 1 2 3 4 5 6 7 8 9 10; do
    found=$(call nobody GET "$(ask "$query" "text=harbour%20$stamp&withVersion=true&limit=1")")
    [ "$(jq -r '._embedded.addons[0].key // empty' <<<"$found")" != "$key" ] || break
    sleep 0.2
done
jq -e -r --arg key "$key" '._embedded.addons[0] | select(.key == $key) |
    "   \(.name), version \(._embedded.version.name)"' <<<"$found"

say "9. The artifact downloads byte for byte"
binary=$(jq -r '._embedded.addons[0]._embedded.version._embedded.artifact._links.binary.href' <<<"$found")
call nobody GET "$binary" >"$work/back.jar"
cmp "$work/hello.jar" "$work/back.jar"
echo "   $binary"
say "Published: $base$location"
