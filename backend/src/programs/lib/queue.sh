# shellcheck shell=sh disable=SC2154
# What lies in the queues, by their folders: asking Postfix works only while it runs. Changes nothing.

# messages_in FOLDER…: their files
messages_in() { (cd "$spool" 2>/dev/null && find "$@" -type f 2>/dev/null) | sed "s#^#$spool/#"; }
queue_files() { messages_in maildrop incoming active deferred hold; }
queue_size() { queue_files | wc -l; }
# held by a person: it waits until a person lets go of it
held_size() { messages_in hold | wc -l; }

# of the mail system that a gateway replaces, or has replaced: its packages go, its messages stay
former_queue_size() {
	(
		cd "$root/var/spool" && find exim4/input mqueue mqueue-client nullmailer/queue dma smtpd/queue \
			-type f ! -name '*-[DJ]' ! -name '[dxt]f*' ! -name 'Q*' ! -name '*.lock' ! -name flush 2>/dev/null
	) | wc -l
}

# Ids of notices of failed delivery that wait: they are no mail of a site. Inside of a JSON text quotes are escaped, so no
# address can look like a key.
notices() {
	timeout 5 postqueue -j 2>/dev/null | awk '
		/^\{"queue_name": "(deferred|hold)", "queue_id": "[0-9A-Za-z]+"/ && index($0, "\"sender\": \"MAILER-DAEMON\"") {
			split($0, head, /[" ,:{}]+/)
			print head[5]
		}' | head -n 5000
}

# routed MAP: `ID NUMBER` of each message in the queue that leaves by a route, as its envelope sender decides by that map:
# an address, or `@domain`, and the service of the route.
routed() {
	[ -s "$1" ] || return 0
	timeout 5 postqueue -j 2>/dev/null | awk -v map="$1" '
	BEGIN {
		while ((getline line < map) > 0) {
			split(line, part, " ")
			if (match(part[2], /^gw-[0-9]+:/)) number[part[1]] = substr(part[2], 4, RLENGTH - 4)
		}
	}
	/^\{"queue_name": "[a-z]+", "queue_id": "[0-9A-Za-z]+"/ && (at = index($0, "\"sender\": \"")) {
		sender = tolower(substr($0, at + 11))
		sub(/".*/, "", sender)
		domain = sender
		sub(/.*@/, "@", domain)
		split($0, head, /[" ,:{}]+/)
		if (sender in number) print head[5], number[sender]
		else if (domain in number) print head[5], number[domain]
	}' | head -n 5000
}

# deferrals NOTICES ROUTED: what the newest tries of waiting mail have met, `COUNT NEWEST ROUTE WORDS`, where 0 is no route:
# the three answers that most of what leaves one way has, but for these. Numbers and addresses in them (ids, times,
# recipients) are no part of what makes two alike. A message that was queued again under another id leaves the log of its
# former one behind: that counts for nothing.
deferrals() {
	{
		echo "${2:-}" | sed 's/^/leaves /'
		messages_in incoming active deferred hold | sed 's#.*/#waits #'
		find "$spool/defer" -type f -printf '%T@ %p\n' 2>/dev/null | sort -rn | head -n 2000
	} | awk -v notices=" ${1:-} " '
	$1 == "leaves" { route[$2] = $3; next }
	$1 == "waits" { waits[$2]; next }
	{
		id = $2
		sub(/.*\//, "", id)
		if (!(id in waits) || index(notices, " " id " ")) next
		said = ""
		while ((getline line < $2) > 0) if (line ~ /^reason=/) said = substr(line, 8, 600)
		close($2)
		if (said == "") next
		key = substr(said, 1, 300)
		gsub(/<[^>]*>|[0-9]+/, "", key)
		way = route[id] + 0
		key = way " " key
		if (!(key in count)) { at[key] = int($1); words[key] = way " " said }
		count[key]++
	}
	END { for (key in count) print count[key], at[key], words[key] }' | sort -rn |
		awk '++told[$3] <= 3 && ($3 == 0 || ++of_routes <= 27)'
}
