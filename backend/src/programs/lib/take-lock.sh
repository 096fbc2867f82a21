# shellcheck shell=sh disable=SC2154
# Taking the lock, and waiting for it.

# is_over_within SECONDS: waits so long at most until no run goes on
is_over_within() {
	flock -s -w "$1" "$lock" true && { [ ! -e "$former_lock" ] || flock -s -w "$1" "$former_lock" true; }
}

# seconds that a run may take to end before another begins
lock_patience=2
# take_lock: as descriptor 9 of this shell and of what it starts, the former one as 8
take_lock() {
	exec 9>>"$lock"
	flock -w $lock_patience 9 || return 1
	[ -e "$former_lock" ] || return 0
	exec 8>>"$former_lock"
	flock -w $lock_patience 8
}
let_go() { exec 8>&- 9>&-; }
# without_lock COMMAND…: for what starts a daemon, which would keep it
without_lock() { "$@" </dev/null 8>&- 9>&-; }
