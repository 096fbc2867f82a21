# shellcheck shell=sh disable=SC2016,SC2034
# What a line of Postfix's log says, for awk. The words between @ are put in by compose.ts: see gateway/log-grammar.ts.
# - is_postfix: whether the line is of Postfix; sets service, id (empty where it tells of no message) and said, the rest
# - is_for(address): whether it tells of a delivery to it, also by the address that it was mapped from
# - status, reason: how the delivery has ended, and why. Only the first ` status=` counts: a reply may contain it again
# - is_put_off: whether Postfix asked nobody, but remembers what an earlier message has met, or an earlier login (cached)
log_awk='
function is_postfix() {
	if (!match($0, "@head@")) return 0
	said = substr($0, RLENGTH + 1)
	service = substr($0, 1, RLENGTH)
	sub(/[[][0-9]+]: $/, "", service)
	sub(/^.*\//, "", service)
	id = ""
	if (match(said, "^@queueId@: ")) {
		id = substr(said, 1, RLENGTH - 2)
		said = substr(said, RLENGTH + 1)
	}
	return 1
}
function is_for(address) { return index(said, "to=<" address ">, ") == 1 || index(said, ">, orig_to=<" address ">, ") > 0 }
function ending() { return index(said, " status=") == 0 ? "" : substr(said, index(said, " status=") + 8) }
function status() { return substr(ending(), 1, index(ending(), " (") - 1) }
function reason() { return substr(ending(), index(ending(), " (") + 2) }
function is_put_off() { return index(reason(), "@putOff@") == 1 }
function is_cached() { return reason() ~ /^SASL [[]CACHED] auth/ || (is_put_off() && reason() ~ /^[^:]*: SASL ([[]CACHED] )?auth/) }
'
