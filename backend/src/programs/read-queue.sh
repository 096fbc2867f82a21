# shellcheck shell=sh disable=SC2154
# Tells what is in the queue: `queue_total N`, then a line a message, packed, in lines `queue_bytes`. Standard input: how
# many messages are listed at most. Changes nothing.
# A message: `ID QUEUE ARRIVAL SIZE RECIPIENTS PACED`, a tab, how its sender and a tab, how the reason of its first
# recipient that waits begins, both as JSON writes them. Inside of a JSON text quotes are escaped, so no address can look
# like a key. PACED: the gateway holds it for the provider's sake and lets go of it by itself.

main() {
	IFS= read -r most || exit 64
	case $most in '' | *[!0-9]*) exit 64 ;; esac
	work=$(mktemp -d "$root/run/email-gateway-queue.XXXXXX") || exit 66
	trap 'rm -rf "$work"' EXIT
	postqueue -j 2>/dev/null | awk -v most="$most" -v paced="$state/waiting/paced" -v total="$work/total" '
		BEGIN { while ((getline id <paced) > 0) ours[id] = 1 }
		match($0, /^\{"queue_name": "[a-z]+", "queue_id": "[0-9A-Za-z]+", "arrival_time": [0-9]+, "message_size": [0-9]+, /) {
			if (++count > most) next
			split(substr($0, 1, RLENGTH), head, /[" ,:{}]+/)
			sender = after("\"sender\": \"", 330)
			reason = after("\"delay_reason\": \"", 400)
			print head[5], head[3], head[7], head[9], gsub(/\{"address": "/, "&"), (head[5] in ours) "\t" sender "\t" reason
		}
		END { print count + 0 >total }
		function after(key, length_) { return index($0, key) == 0 ? "" : substr($0, index($0, key) + length(key), length_) }
	' | gzip -c | base64 -w60000 | sed 's/^/queue_bytes /'
	echo "queue_total $(cat "$work/total")"
	echo end
}
main
