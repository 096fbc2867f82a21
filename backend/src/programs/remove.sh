# shellcheck shell=sh disable=SC2034,SC2154
# Gives back what was there before the first install. Runs detached, under the lock that start.sh took.
# Payload line: waiting refuse|save. Once it has begun to give back it always goes on, also after a crash.

waiting=$(word waiting)

main() {
	trap '' HUP
	undo_earlier_run
	[ -d "$state/origin" ] || report_earlier_end
	[ -e "$state/removing" ] || prepare
	give_origin_back
	result 'done' restored "$restored"
}

undo_earlier_run() {
	if [ -d "$state/undo" ]; then
		begin repair
		restore "$state/undo" || cannot_restore
		forget "$state/undo"
		finish
	fi
	rm -rf "$state/undo.old" "$state/origin.old"
}

# all was done already, and the power went before that was told
report_earlier_end() {
	[ -e "$here/given_back" ] || result 'failed gateway_not_installed nothing'
	current=restore
	finish
	{ IFS= read -r restored; IFS= read -r saved_queue; } <"$here/given_back"
	result 'done' restored "$restored"
}

# all that can fail, while mail still goes out
prepare() {
	begin snapshot
	! may_not_stop || refuse_waiting_mail
	back=$(packages_back "$state/origin")
	if [ -n "$back" ]; then
		# what is given back must be at hand before anything is taken away
		# shellcheck disable=SC2086 # a list of package names
		fetch -d install $back || { fetch update && fetch -d install $back; } || package_problem packages_unavailable
	fi
	rehearse "$state/origin"
	check_cancel
	service_do stop
	# mail that came meanwhile
	! may_not_stop || { service_do start; refuse_waiting_mail; }
	finish
	printf '%s\n' "$saved_queue" >"$state/removing"
	sync -f "$state"
}

may_not_stop() { [ "$(queue_size)" -gt 0 ] && [ "$waiting" != save ]; }
refuse_waiting_mail() { fail mail_waiting waiting "$(queue_size)" held "$(held_size)"; }

give_origin_back() {
	current=restore # too late to cancel
	event started restore
	# where a call that was cut off saved the queue: it has told no one
	saved_queue=$(cat "$state/removing")
	[ -d "$saved_queue" ] || saved_queue=''
	# a Postfix that stays keeps its spool: what waits in it is saved all the same, and leaves with its provider
	if [ "$(queue_size)" -gt 0 ]; then
		is_running && service_do stop
		save_queue || stop_and_fail reason 'queue not saved'
		grep -q '^postfix ' "$state/origin/added" || postsuper -d ALL
	fi
	restore "$state/origin" || stop_and_fail reason "$restore_problem"
	restored=$(cat "$state/origin/provider")
	rm -rf "$root/var/log/email-gateway" "$state/waiting" "$state/sandbox" "$caps_state"
	printf '%s\n' "$restored" "$saved_queue" >"$here/given_back"
	sync -f "$here"
	# the origin last: as long as it is there, this can be repeated
	rm -f "$state/marker" "$state/removing"
	forget "$state/origin"
	finish
}
stop_and_fail() {
	event failed restore "$@"
	result 'failed undo_incomplete unknown' "$@" output "$(last_output)"
}
main
