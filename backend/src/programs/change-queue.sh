# shellcheck shell=sh disable=SC2154
# Does something with messages of the queue: `changed N`, `gone N`. Standard input: what, and their ids, one a line.
# - retry: what waits is tried at once, also what the gateway holds for the provider's sake; what a person holds stays
# - hold: they stay until a person releases them
# - release: held ones are let go and tried; near the end of their time in the queue with a new one
# - delete: they are taken out of the queue
# Ids are named to postsuper, never ALL, which would log a number and no ids: the mail log tells what became of each.

# what waiting-mail.sh and we hold, in lists of queue ids
kept=$state/waiting
# as in waiting-mail.sh
hold_after=604800

main() {
	IFS= read -r action || exit 64
	case $action in retry | hold | release | delete) ;; *) exit 64 ;; esac
	work=$(mktemp -d "$root/run/email-gateway-queue.XXXXXX") || exit 66
	trap 'rm -rf "$work"' EXIT
	cat >"$work/typed"
	# nothing but ids reaches a command
	if [ ! -s "$work/typed" ] || grep -qv '^[0-9A-Za-z]\{6,40\}$' "$work/typed"; then exit 64; fi
	sort -u "$work/typed" >"$work/asked"
	take_lists
	find_them
	: >"$work/said"
	"$action"_them
	sleep 0.3 # the log is written by another process
	echo "changed $changed"
	echo "gone $(($(wc -l <"$work/asked") - $(wc -l <"$work/there")))"
	echo end
}

# until this has ended waiting-mail.sh neither holds nor lets go
take_lists() {
	mkdir -p "$kept" || exit 73
	exec 8>"$kept/lock"
	flock -w 30 8 || exit 75
	for list in paced kept older released; do [ -e "$kept/$list" ] || : >"$kept/$list"; done
}

# those that are in the queue, and of those the held ones
find_them() {
	(cd "$spool" && find incoming active deferred hold -type f 2>/dev/null) |
		awk -F/ 'NR == FNR { asked[$0]; next } $NF in asked { print $NF, $1 }' "$work/asked" - | sort -u -k1,1 >"$work/there"
	awk '$2 == "hold" { print $1 }' "$work/there" >"$work/held"
	awk '$2 != "hold" { print $1 }' "$work/there" >"$work/free"
}

# The lists that hold ids for the gateway forget these: from here on a person decides.
forget_in_lists() {
	for list in paced kept older released; do
		sort "$kept/$list" | comm -23 - "$1" >"$work/list" && cat "$work/list" >"$kept/$list"
	done
}

# super OPTION FILE: what it has done it says by id; one that has left meanwhile is not among them
super() { [ ! -s "$2" ] || postsuper "$1" - <"$2" 2>>"$work/said"; }
count_said() { grep -c "^postsuper: [0-9A-Za-z]*: \($1\)\$" "$work/said"; }

hold_them() {
	sort -u "$kept/paced" "$kept/kept" "$kept/older" | comm -12 - "$work/held" >"$work/ours"
	super -h "$work/free"
	forget_in_lists "$work/asked"
	changed=$(($(count_said 'placed on hold') + $(wc -l <"$work/ours")))
}

release_them() {
	split_by_age
	super -H "$work/young"
	super -r "$work/aged"
	forget_in_lists "$work/asked"
	changed=$(count_said 'released from hold\|requeued')
	try_now "$work/young"
	# they come in again, with new ids; pickup looks once a minute unless it is told
	[ ! -s "$work/aged" ] || postkick public pickup W
}

split_by_age() {
	postqueue -j 2>/dev/null | awk -v before=$(($(date +%s) - hold_after)) '
		match($0, /^\{"queue_name": "[a-z]+", "queue_id": "[0-9A-Za-z]+", "arrival_time": [0-9]+, /) {
			split(substr($0, 1, RLENGTH), head, /[" ,:{}]+/)
			if (head[7] < before) print head[5]
		}' | sort >"$work/old"
	comm -12 "$work/held" "$work/old" >"$work/aged"
	comm -23 "$work/held" "$work/old" >"$work/young"
}

delete_them() {
	awk '{ print $1 }' "$work/there" >"$work/all"
	super -d "$work/all"
	forget_in_lists "$work/asked"
	changed=$(count_said removed)
}

retry_them() {
	sort "$kept/paced" | comm -12 - "$work/held" >"$work/ours"
	super -H "$work/ours"
	forget_in_lists "$work/ours"
	sort -u "$work/free" "$work/ours" >"$work/now"
	changed=$(wc -l <"$work/now")
	forget_refused_logins
	try_now "$work/now"
}

# Due now, and the queue is looked through at once. `postqueue -i` for each would look through it as often.
try_now() {
	[ -s "$1" ] || return 0
	(cd "$spool" && find deferred -type f 2>/dev/null) |
		awk -F/ -v spool="$spool" 'NR == FNR { due[$0]; next } $NF in due { print spool "/" $0 }' "$1" - | xargs -r touch -c
	# F: what was put aside because of a provider that did not answer; D: look through what was deferred
	postkick public qmgr FD
}
main
