# shellcheck shell=sh disable=SC2154
# Takes a snapshot of everything a run may change. A snapshot is a folder:
#   tree/ absent   files as they were, paths that were not there
#   added removed  packages a run is about to add (`name state-before`) and remove (`name auto|manual`)
#   accounts of_*  users and groups that were not there; lines of those that were
#   service        what Postfix did: `running|stopped enabled|disabled`
#   masked         its units that nothing could start: `UNIT /etc|/run`
#   provider       package of /usr/sbin/sendmail
#   saved_queue    where giving back has saved waiting mail: should it be cut off, the next call tells it
#   after          (origin only) digests of single files after the commit: what differs was changed by others
snapshot_paths='/etc/postfix /etc/aliases /etc/aliases.db /etc/mailname /etc/hosts /etc/networks /etc/logrotate.d/email-gateway /usr/local/sbin/email-gateway-waiting /usr/local/sbin/email-gateway-submitter /usr/local/sbin/email-gateway-may-send /usr/local/sbin/email-gateway-caps /etc/systemd/system/email-gateway-caps.service /etc/cron.d/email-gateway-caps /usr/local/sbin/email-gateway-doors /etc/systemd/system/email-gateway-doors.service /etc/cron.d/email-gateway-doors /etc/systemd/system/email-gateway-waiting.service /etc/systemd/system/email-gateway-waiting.timer /etc/cron.d/email-gateway-waiting /etc/tmpfiles.d/email-gateway.conf /etc/ssmtp/ssmtp.conf /var/lib/email-gateway/marker'

account_files='passwd shadow group gshadow subuid subgid'

# built aside, on disk, then renamed into place: a half snapshot never has its name
take_snapshot() {
	new=$state/undo.new
	rm -rf "$new"
	mkdir -p "$new/tree" || return 1
	for list in absent added removed accounts; do : >"$new/$list"; done
	for path in $snapshot_paths; do
		if [ -e "$root$path" ] || [ -L "$root$path" ]; then
			copy_aside "$path" "$new/tree" || return 1
		else
			echo "$path" >>"$new/absent"
		fi
	done
	package_of "$(readlink -f "$root/usr/sbin/sendmail")" >"$new/provider"
	! is_sendmail_of_somebody || copy_aside /usr/sbin/sendmail "$new/tree" || return 1
	absent_accounts >"$new/accounts"
	# accounts that were there before the package: its purge takes them away all the same
	for name in $account_files; do
		grep '^\(postfix\|postdrop\):' "$root/etc/$name" >"$new/of_$name" 2>/dev/null
	done
	service_state >"$new/service"
	masked_units >"$new/masked"
	sync -f "$new"
	mv "$new" "$state/undo"
}

# one that somebody put there, which the package of Postfix would overwrite
is_sendmail_of_somebody() {
	[ -e "$root/usr/sbin/sendmail" ] || return 1
	case $(package_of /usr/sbin/sendmail) in
	'') ;;
	postfix) ! is_postfix_sendmail ;;
	*) return 1 ;;
	esac
}

absent_accounts() {
	getent passwd postfix >/dev/null || echo 'user postfix'
	for group in postfix postdrop ssl-cert; do
		getent group $group >/dev/null || echo "group $group"
	done
}

service_state() {
	if is_running; then printf 'running '; else printf 'stopped '; fi
	if is_enabled; then echo enabled; else echo disabled; fi
}
