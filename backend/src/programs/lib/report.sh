# shellcheck shell=sh disable=SC2034,SC2154
# What a detached run reports: its numbered steps in $log, its end in a file `result` beside it.
job=${1:-}
here=$state/job.$job
log=$here/log
payload=$run/payload
# the step that has begun and not ended, and where its output begins
current=''
step_from=0
# what the run means for the server: nothing | undone | unknown
changed=nothing

# what varies in a run: one value a line of the payload, see payload.ts
word() { sed -n "s/^$1 //p" "$payload" | head -n 1; }
decoded() { word "$1" | base64 -d; }

# details: name and value pairs, values in base64
details() {
	while [ $# -gt 1 ]; do
		printf ' %s %s' "$1" "$(printf '%s' "$2" | tail -c 600 | base64 -w0)"
		shift 2
	done
}

# event PHASE STEP [name value]…
event() {
	event_phase=$1
	event_step=$2
	shift 2
	echo "$(($(wc -l <"$log") + 1)) $event_phase $event_step$(details "$@")" >>"$log"
}

begin() {
	check_cancel
	current=$1
	step_from=$(wc -c 2>/dev/null <"$here/output") || step_from=0
	event started "$1"
}

finish() {
	event finished "$current" "$@"
	current=''
}

# result WORDS [name value]…: the last thing a run does; it tells where mail was saved, too
result() {
	result_words=$1
	shift
	[ -z "$saved_queue" ] || set -- "$@" savedQueue "$saved_queue"
	give_up_room
	rm -f "$here/room"
	echo "result $result_words$(details "$@")" >"$here/result.new"
	sync "$here/result.new"
	mv "$here/result.new" "$here/result"
	rm -rf "$run"
	find "$state" -maxdepth 1 -name 'job.*' -mtime +7 ! -name "job.$job" -exec rm -rf {} +
	exit 0
}

# fail CODE [name value]…: gives everything back, then ends. A full disk makes everything fail, each in its own words:
# it is told as what it is.
fail() {
	case $1 in
	managed_by_another_site | mail_waiting | package_system_busy) ;;
	*)
		full=$(full_place 1024 16)
		# shellcheck disable=SC2086 # name and value pairs
		[ -z "$full" ] || set -- disk_full $full
		;;
	esac
	fail_code=$1
	shift
	[ -z "$current" ] || event failed "$current" "$@"
	give_back
	result "failed $fail_code $changed" "$@"
}
cannot_write() { fail files_not_writable output "$(last_output)"; }

check_cancel() {
	[ -e "$here/cancel" ] || return 0
	give_back
	result "cancelled $changed"
}

# undoes what this run did; sets $changed
give_back() {
	changed=nothing
	give_up_room
	rm -rf "$state/undo.new"
	[ -d "$state/undo" ] || return 0
	event started undo
	if restore "$state/undo"; then
		forget "$state/undo"
		event finished undo
		changed=undone
		return 0
	fi
	# where none was before, no password stays behind in what could not be given back
	[ -d "$state/origin" ] || rm -f "$root"/etc/postfix/gateway-*/sasl_passwd
	event failed undo reason "$restore_problem"
	cannot_restore
}
cannot_restore() { result 'failed undo_incomplete unknown' reason "$restore_problem" output "$(last_output)"; }
