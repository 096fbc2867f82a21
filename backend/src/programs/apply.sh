# shellcheck shell=sh disable=SC2034,SC2154
# Makes this server what the payload says, or gives everything back. Runs detached, under the lock that start.sh took.
# Payload lines: before_dpkg, packages, main, master, file, relayhost, credential, marker, found (see payload.ts).

generation=$(word generation)
packages=$(word packages)
relayhost=$(word relayhost)
# of the gateway that is there already; empty where none is
old_generation=''
# whether Postfix comes with this run
fresh=no
# packages that are not there, or not whole
missing=''
# the folder of our maps
folder=''

main() {
	trap '' HUP
	repair_earlier_run
	take_measure
	install_packages
	configure
	start_service
	verify
	retire_old_credentials
	keep_replaced_files || fail disk_full
	commit
	result 'done'
}

# an earlier run that did not end is undone before anything else
repair_earlier_run() {
	if is_half_done; then
		begin repair
		if [ -d "$state/undo" ]; then
			restore "$state/undo" || cannot_restore
			forget "$state/undo"
		fi
		if [ -e "$state/removing" ]; then
			restore "$state/origin" || cannot_restore
			rm -f "$state/marker" "$state/removing"
			forget "$state/origin"
		fi
		finish
	fi
	rm -rf "$state/undo.old" "$state/origin.old"
}

take_measure() {
	begin snapshot
	is_installed postfix || fresh=yes
	refuse_unseen_owner
	refuse_diverted_sendmail
	for name in $packages; do
		is_installed "$name" && is_whole "$name" || missing="$missing $name"
	done
	refuse_full_disk
	[ -z "$missing" ] || keep_room
	old_generation=$(generation_in_use)
	was_read_at_start=$(read_at_start)
	take_snapshot || cannot_write
	refuse_unwritable ''
	# before the package, whose own script starts what is not masked
	each_masked "$state/undo" rm -f || cannot_write
	finish
}

configure() {
	begin configuration
	[ $fresh = yes ] || write_configuration || cannot_write
	grep -q '^file /usr/local/sbin/email-gateway-caps ' "$payload" || { leave_caps; rm -rf "$caps_state"; }
	grep -q '^file /usr/local/sbin/email-gateway-doors ' "$payload" || leave_doors
	sed -n 's#^file /#/#p' "$payload" | write_files "$root" || cannot_write
	make_caps_tables || cannot_write
	complaints=$(postconf -n 2>&1 >/dev/null; postconf -M 2>&1 >/dev/null)
	[ -z "$complaints" ] || fail configuration_refused output "$complaints"
	give_rights || cannot_write
	# what a cold start reads, the next one included: a reload would not miss it
	postfix check || fail configuration_refused output "$(last_output)"
	finish generation "$generation"
}
main
