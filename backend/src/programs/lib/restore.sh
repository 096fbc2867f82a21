# shellcheck shell=sh disable=SC2034,SC2154
# Gives a whole snapshot back.

# what could not be given back
restore_problem=''

# restore FOLDER: packages, files, accounts and service as the snapshot has them. May be repeated after a crash.
restore() {
	[ -n "$saved_queue" ] || saved_queue=$(cat "$1/saved_queue" 2>/dev/null)
	leave_waiting_mail
	leave_caps
	# where they stay closed there is no moment without
	[ -e "$1/tree/usr/local/sbin/email-gateway-doors" ] || leave_doors
	rm -f "$root/etc/logrotate.d/email-gateway" "$root/etc/cron.d/email-gateway-waiting" "$root/etc/tmpfiles.d/email-gateway.conf" "$root/usr/local/sbin/email-gateway-submitter" "$root/usr/local/sbin/email-gateway-may-send"
	give_back_credentials "$1" || { restore_problem='files'; return 1; }
	restore_packages "$1" || return 1
	restore_files "$1" || { restore_problem='files'; return 1; }
	[ ! -f "$units/$waiting_timer" ] || keep_waiting_mail || { restore_problem='timer'; return 1; }
	[ ! -f "$caps_program" ] || keep_caps || { restore_problem='caps'; return 1; }
	keep_doors || { restore_problem='side doors'; return 1; }
	restore_service "$1" || { restore_problem='postfix does not start'; return 1; }
	each_masked "$1" mask || { restore_problem='mask'; return 1; }
	[ -e "$state/marker" ] || rm -rf "$root/var/log/email-gateway" "$caps_state"
	sync
	return 0
}

# restore_service FOLDER: Postfix runs and starts with the server as it did
restore_service() {
	IFS=' ' read -r running enabled <"$1/service"
	is_installed postfix || return 0
	if has_systemd; then
		[ "$enabled" = enabled ] && systemctl -q enable postfix
		[ "$enabled" = disabled ] && systemctl -q disable postfix
	fi
	if [ "$running" != running ]; then
		service_do stop
	elif is_running; then
		without_lock postfix reload
	else
		service_do start
	fi
	[ "$running" != running ] || is_running
}
