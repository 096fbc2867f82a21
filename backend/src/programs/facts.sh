# shellcheck shell=sh disable=SC2154
# Reports everything about this server that concerns its mail: one fact a line, `name value`, free text in base64; a
# listing of several lines in base64 too, in pieces of 60,000 characters.
# Standard input: the key that is mixed into every digest; in a second line, where the mail log is asked for, too,
# `DIGEST AFTER MOST` of mail_log_piece. Changes nothing.

# a whole listing in one go: some forks for each of its lines would cost more than all the rest of this
listing() { head -n "$2" | cut -b "1-$3" | base64 -w60000 | sed "s/^/$1 /"; }
text() { printf '%s' "$2" | head -c "$3" | base64 -w0 | sed "s/^/$1 /"; echo; }
os_release() { sed -n "s/^$1=//p" "$root/etc/os-release" 2>/dev/null | head -n 1 | tr -d "\"'"; }

# what is needed where side doors are closed
closing_package=nftables
our_packages='postfix libsasl2-modules ca-certificates logrotate'
panels='cpanel:/usr/local/cpanel plesk:/usr/local/psa virtualmin:/etc/webmin/virtual-server directadmin:/usr/local/directadmin
	ispconfig:/usr/local/ispconfig hestia:/usr/local/hestia vesta:/usr/local/vesta cyberpanel:/usr/local/CyberCP
	iredmail:/opt/iredapd mailinabox:/etc/mailinabox.conf mailcow:/opt/mailcow-dockerized'

system_facts() {
	text system_id "$(os_release ID)" 64
	text system_version "$(os_release VERSION_ID)" 32
	text system_name "$(os_release PRETTY_NAME)" 128
	has_systemd && echo 'systemd yes'
	[ -z "${SUDO_UID:-}" ] || echo "signed_in_as $SUDO_UID"
	text hostname "$(hostname 2>/dev/null || cat "$root/etc/hostname")" 253
	text fqdn "$(timeout 5 hostname -f 2>/dev/null | head -n 1)" 253
	[ -d "$root/etc/.git" ] && command -v etckeeper >/dev/null && echo 'etckeeper yes'
	for panel in $panels; do
		[ -e "$root${panel#*:}" ] && echo "panel ${panel%%:*}"
	done
	# what tells this machine from a copy of it
	echo "machine $(cat "$root/etc/machine-id" "$root/etc/ssh/ssh_host_ed25519_key.pub" 2>/dev/null | sha256sum | cut -c 1-64)"
}

# the package of sendmail, `none`, or `unpackaged` for a program of somebody's, also in the place of that of the package
sendmail_provider() {
	[ -e "$root/usr/sbin/sendmail" ] || { echo none; return; }
	provider=$(package_of "$(readlink -f "$root/usr/sbin/sendmail")")
	[ -n "$provider" ] || provider=$(package_of /usr/sbin/sendmail)
	if [ "$provider" = postfix ] && ! is_postfix_sendmail; then provider=; fi
	echo "${provider:-unpackaged}"
}

package_facts() {
	provider=$(sendmail_provider)
	echo "sendmail $provider"
	# shellcheck disable=SC2086 # names of packages
	dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' $our_packages $closing_package "$provider" 2>/dev/null | sed -n 's/^installed /package /p' | sort -u
	text candidate "$(apt-cache policy postfix 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)')" 128
	# shellcheck disable=SC2046 # names of packages
	missing_files $(for name in $our_packages $([ ! -f "$doors_program" ] || echo $closing_package); do is_installed "$name" && echo "$name"; done) | listing missing_files 20 512
	[ -s "$root/etc/ssl/certs/ca-certificates.crt" ] && echo 'root_store yes'
	! is_installed postfix || lost_rights | listing lost_rights 20 512
	php_around | listing php_around 20 1024
}

postfix_facts() {
	masked=$(masked_units)
	# also where no Postfix is there yet: it could not be started
	[ -z "$masked" ] || echo "$masked" | sed 's/^\([^ ]*\).*/masked \1/'
	generation=0
	if is_installed postfix && command -v postconf >/dev/null; then
		text postfix_version "$(postconf -dh mail_version 2>/dev/null)" 32
		is_running && echo 'postfix_running yes'
		[ -z "$masked" ] && is_enabled && echo 'postfix_enabled yes'
		if [ -f "$root/etc/postfix/main.cf" ]; then
			postconf -n 2>/dev/null | listing parameters 400 2048
			generation=$(generation_in_use)
		fi
		[ ! -f "$root/etc/postfix/master.cf" ] || postconf -M 2>/dev/null | listing services 400 2048
		[ -L "$root/etc/postfix/main.cf" ] && echo 'main_is_link yes'
	fi
	generation=${generation:-0}
	echo "generation $generation"
	files_of_others | listing others 50 1024
	# Postfix does not read it while the gateway is here
	text root_alias "$(sed -n 's/^[Rr][Oo][Oo][Tt][[:blank:]]*:[[:blank:]]*//p' "$root/etc/aliases" 2>/dev/null | head -n 1)" 255
}

queue_facts() {
	is_waiting_mail_kept && echo 'waiting_mail_kept yes'
	are_caps_kept && echo 'caps_kept yes'
	over_facts
	closed_doors
	# what a pause, a cap or a sandbox holds waits for a person who knows
	apart=$(held_by_pause; kept_by_sandbox)
	stuck=$(($(messages_in deferred hold | wc -l) - $(echo "$apart" | wc -w)))
	[ "$stuck" -ge 0 ] || stuck=0
	notices=
	[ "$stuck" -eq 0 ] || notices=$(notices | tr '\n' ' ')
	of_sites=$((stuck - $(echo "$notices" | wc -w)))
	[ "$of_sites" -ge 0 ] || of_sites=0
	echo "queue $(($(queue_size) - stuck + of_sites))"
	echo "stuck $of_sites"
	[ -z "$apart" ] || echo "kept $(echo "$apart" | wc -w)"
	oldest=$(oldest_waiting "$apart $notices")
	[ -z "$oldest" ] || echo "oldest $oldest"
	if [ "$of_sites" -gt 0 ]; then
		deferrals "$notices" "$(routed "$root/etc/postfix/gateway-$generation/routes")" |
			while IFS=' ' read -r number at route said; do text "deferral $number $at $route" "$said" 600; done
	fi
	echo "old_queue $(former_queue_size)"
	# bytes of a block, blocks, those that are free for Postfix, inodes, free ones
	stat -f -c 'room %n %i %S %b %a %c %d' "$spool" "${mail_log%/*}" 2>/dev/null | sed "s# $root/# /#"
}

# whether what looks after waiting mail is started once a minute
is_waiting_mail_kept() {
	if has_systemd; then
		systemctl -q is-enabled email-gateway-waiting.timer 2>/dev/null && systemctl -q is-active email-gateway-waiting.timer
	else
		[ -f "$root/etc/cron.d/email-gateway-waiting" ]
	fi
}

are_caps_kept() {
	[ -f "$root/usr/local/sbin/email-gateway-caps" ] || return 1
	if has_systemd; then
		systemctl -q is-enabled email-gateway-caps.service 2>/dev/null && systemctl -q is-active email-gateway-caps.service
	else
		[ -f "$root/etc/cron.d/email-gateway-caps" ]
	fi
}

socket_facts() {
	sockets | head -n 64 | while read -r kind address last; do
		if [ "$kind" = port25 ]; then
			last=$(find "$root"/proc/[0-9]*/fd -lname "socket:\[$last\]" -print -quit 2>/dev/null | sed 's#.*/proc/\([0-9]*\)/fd/.*#\1#')
			[ -z "$last" ] || last=$(head -c 15 "$root/proc/$last/comm" 2>/dev/null | tr -cd 'A-Za-z0-9._+-')
		fi
		echo "$kind $address $last"
	done
}

# keyed digests, never contents; a server with many routes has hundreds of files, so that a process more for each is felt
file_facts() {
	set --
	for path in "$root/etc/postfix/main.cf" "$root/etc/postfix/master.cf" "$root/etc/logrotate.d/email-gateway" \
		"$root/usr/local/sbin/email-gateway-waiting" "$root/usr/local/sbin/email-gateway-submitter" \
		"$root/usr/local/sbin/email-gateway-may-send" \
		"$root/usr/local/sbin/email-gateway-caps" "$root/etc/systemd/system/email-gateway-caps.service" \
		"$root/etc/cron.d/email-gateway-caps" \
		"$doors_program" "$root/etc/systemd/system/$doors_unit" "$root/etc/cron.d/email-gateway-doors" \
		"$root/etc/systemd/system/email-gateway-waiting.service" \
		"$root/etc/systemd/system/email-gateway-waiting.timer" "$root/etc/cron.d/email-gateway-waiting" \
		"$root/etc/tmpfiles.d/email-gateway.conf" "$root/etc/postfix/gateway-$generation"/*; do
		[ ! -f "$path" ] || [ -L "$path" ] || set -- "$@" "$path"
	done
	[ $# -eq 0 ] || {
		stat -c '%n %a %U' "$@" 2>/dev/null
		for path; do
			printf '%s ' "$path"
			{ printf '%s' "$digest_key"; cat "$path"; } | sha256sum
		done
	} | root=$root awk '
		$3 == "-" { if ($1 in mode) print "file", substr($1, length(ENVIRON["root"]) + 1), $2, mode[$1]; next }
		{ mode[$1] = $2 " " $3 }'
	for path in $old_credentials; do
		holds_old_credential "$path" && echo "old_credential $path"
	done
}

state_facts() {
	! is_run_going_on && has_leftovers && echo 'leftovers yes'
	is_our_folder "$state" || return
	[ -f "$state/marker" ] && text marker "$(cat "$state/marker")" 4096
	last=$(last_job)
	[ -n "$last" ] && echo "last_job $last"
	if is_run_going_on; then
		running=$(owner)
		# with its result told a run has ended: it holds the lock only until it has put its things away
		[ -e "$state/job.$running/result" ] || echo "unfinished $running running"
	elif is_half_done; then
		echo "unfinished $(owner) dead"
	fi
}

main() {
	IFS= read -r digest_key || exit 64
	IFS=' ' read -r log_digest log_after log_most || log_digest=''
	echo 'facts 1'
	echo "clock $(date +%s)"
	see_side_doors
	system_facts
	package_facts
	postfix_facts
	queue_facts
	socket_facts
	see_side_doors
	file_facts
	state_facts
	sites
	see_side_doors
	tell_side_doors
	[ -z "$log_digest" ] || mail_log_piece "$log_digest" "$log_after" "$log_most"
	echo end
}
main
