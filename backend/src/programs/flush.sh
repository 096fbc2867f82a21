# shellcheck shell=sh disable=SC2154
# Tries what waits in the queue at once, and follows it: `older N`, `waited N`, then `ended DELIVERED WAITING`.
# Standard input: for how many seconds to follow it; what becomes of older mail; after how many seconds mail is older.
# - ask: where there is any, nothing is tried and `older` tells how many
# - deliver: it is tried like the rest
# - hold: it is held until somebody delivers it
# - leave: as deliver, but for what was held by that choice

# what waiting-mail.sh and we hold, in lists of queue ids
kept=$state/waiting
# messages that come in again with other ids
requeued=0

main() {
	IFS= read -r seconds || exit 64
	IFS= read -r choice || exit 64
	IFS= read -r older_after || exit 64
	case $seconds$older_after in '' | *[!0-9]*) exit 64 ;; esac
	case $choice in ask | deliver | hold | leave) ;; *) exit 64 ;; esac
	maillog=$root$(postconf -h maillog_file)
	work=$(mktemp -d "$root/run/email-gateway-flush.XXXXXX") || exit 66
	trap 'rm -rf "$work"' EXIT
	log_from=$(wc -c 2>/dev/null <"$maillog") || log_from=0
	take_lists
	settle_older_mail
	let_go_of_held
	waiting_ids >"$work/before"
	count=$(wc -l <"$work/before")
	echo "waited $count"
	if [ $((count + requeued)) -eq 0 ]; then
		echo 'ended 0 0'
		return
	fi
	try_now
	follow
}

# until this has ended waiting-mail.sh holds nothing back that was just let go
take_lists() {
	mkdir -p "$kept" || exit 73
	exec 8>"$kept/lock"
	flock -w 30 8 || exit 75
	for list in paced kept older; do [ -e "$kept/$list" ] || : >"$kept/$list"; done
	sort -u "$kept/paced" "$kept/kept" "$kept/older" >"$work/held"
}

# mail that a person holds stays; maildrop has its final id only after cleanup
waiting_ids() { messages_in incoming active deferred | sed 's#.*/##' | sort; }

# The heads of the lines: inside of a JSON text quotes are escaped. What others hold does not count; what was chosen to
# stay is older than the rest however often it was tried.
older_ids() {
	postqueue -j 2>/dev/null | awk -v before=$(($(date +%s) - older_after)) -v held="$work/held" -v chosen="$kept/older" '
		BEGIN {
			while ((getline id <held) > 0) ours[id] = 1
			while ((getline id <chosen) > 0) old[id] = 1
		}
		match($0, /^\{"queue_name": "[a-z]+", "queue_id": "[0-9A-Za-z]+", "arrival_time": [0-9]+, /) {
			split(substr($0, 1, RLENGTH), head, /[" ,:{}]+/)
			if ((head[7] < before || head[5] in old) && (head[3] != "hold" || head[5] in ours)) print head[5]
		}' | sort
}

settle_older_mail() {
	older_ids >"$work/old"
	case $choice in
	ask)
		echo "older $(wc -l <"$work/old")"
		if [ -s "$work/old" ]; then
			echo "ended 0 $(waiting_ids | sort -u - "$work/held" | wc -l)"
			exit 0
		fi
		;;
	hold)
		postsuper -h - <"$work/old" 2>/dev/null
		for list in paced kept; do
			sort "$kept/$list" | comm -23 - "$work/old" >"$work/list" && cat "$work/list" >"$kept/$list"
		done
		cat "$work/old" >"$kept/older"
		echo "older $(wc -l <"$work/old")"
		;;
	deliver)
		cat "$kept/older" >>"$kept/kept"
		: >"$kept/older"
		;;
	esac
}

# what waiting-mail.sh holds for the provider's sake goes, too; long-held mail gets a new time in the queue
let_go_of_held() {
	[ ! -s "$kept/paced" ] || postsuper -H - <"$kept/paced" 2>/dev/null
	if [ -s "$kept/kept" ]; then
		requeued=$(wc -l <"$kept/kept")
		postsuper -r - <"$kept/kept" 2>/dev/null
		# they come in again, with new ids; pickup looks once a minute unless it is told
		postkick public pickup W
		ticks=0
		while [ $ticks -lt 40 ] && [ -n "$(messages_in maildrop)" ]; do
			sleep 0.5
			ticks=$((ticks + 1))
		done
	fi
	rm -f "$kept/paced" "$kept/kept" "$kept/released" "$kept/batch"
}

try_now() {
	forget_refused_logins
	postqueue -f
}

follow() {
	end=$(($(date +%s) + seconds))
	while :; do
		waiting_ids >"$work/now"
		left=$(comm -12 "$work/before" "$work/now" | wc -l)
		[ "$left" -eq 0 ] && break
		[ "$(date +%s)" -ge "$end" ] && break
		sleep 0.5
	done
	sleep 0.3 # the log is written by another process
	accepted_ids >"$work/accepted"
	delivered=$(comm -12 "$work/before" "$work/accepted" | wc -l)
	# what came in again and left before it was listed
	again=$(comm -13 "$work/before" "$work/accepted" | wc -l)
	[ "$again" -le "$requeued" ] || again=$requeued
	echo "ended $((delivered + again)) $left"
}

# accepted by the provider since we began
accepted_ids() {
	tail -c "+$((log_from + 1))" "$maillog" |
		awk "$log_awk"'is_postfix() && service == "smtp" && id != "" && index(said, "to=<") == 1 && status() == "sent" { print id }' | sort -u
}
main
