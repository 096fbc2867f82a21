# shellcheck shell=sh disable=SC2154
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

# somebody else may have installed between the look and this lock: nobody is adopted who was not seen and named
refuse_unseen_owner() {
	managed=$(cat "$state/marker" 2>/dev/null)
	[ -n "$managed" ] && [ "$managed" != "$(decoded marker)" ] || return 0
	found=$(word found)
	if [ "$found" = - ] || [ "$managed" != "$(echo "$found" | base64 -d)" ]; then
		fail managed_by_another_site
	fi
}

# apt would lay that of Postfix beside it, and sites would go on calling another program
refuse_diverted_sendmail() {
	diverted=$(dpkg-divert --truename /usr/sbin/sendmail)
	[ "$diverted" = /usr/sbin/sendmail ] || fail packages_refused output "/usr/sbin/sendmail is diverted to $diverted. To end that: rm -f /usr/sbin/sendmail; dpkg-divert --rename --remove /usr/sbin/sendmail"
}

refuse_full_disk() {
	needed_kib=8192
	needed_inodes=128
	if [ -n "$missing" ]; then
		needed_kib=131072
		needed_inodes=4096
	fi
	[ "$(free_kib)" -ge $needed_kib ] || fail disk_full freeKib "$(free_kib)" neededKib "$needed_kib"
	full=$(full_place 2048 $needed_inodes)
	# shellcheck disable=SC2086 # name and value pairs
	[ -z "$full" ] || fail disk_full $full
}

# these keys are read at a start only: a reload leaves the old sockets, folders or environment in place
read_at_start() {
	postconf -h inet_interfaces inet_protocols queue_directory mail_owner setgid_group import_environment \
		alternate_config_directories multi_instance_enable 2>/dev/null
}

# One run of apt: it reads its lists once, fetches, tells before-dpkg.sh what it is about to do, and does it.
install_packages() {
	begin packages
	if [ -n "$missing" ]; then
		complete_packages || package_problem package_system_broken
		lists_are_fresh || fetch update || :
		case " $missing " in
		*' postfix '*)
			# before the package: it then comes up with this configuration, on loopback only
			write_configuration || cannot_write
			echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
			;;
		esac
		decoded before_dpkg >"$run/before-dpkg"
		install_missing || { [ ! -e "$run/fetched" ] && fetch update && install_missing; } || fail_install
	fi
	# made of the package's certificates by its own script, which runs where dpkg sees something new only
	[ -s "$root/etc/ssl/certs/ca-certificates.crt" ] || update-ca-certificates || fail package_system_broken output "$(last_output)"
	finish added "$(cut -d ' ' -f 1 "$state/undo/added" | tr '\n' ' ')" removed "$(cut -d ' ' -f 1 "$state/undo/removed" | tr '\n' ' ')"
}
# confmiss: after a mere removal dpkg remembers configuration files that are gone as unwanted
install_missing() {
	# shellcheck disable=SC2086 # a list of package names
	fetch --reinstall -o DPkg::Pre-Install-Pkgs::="exec sh $run/before-dpkg $here" \
		-o DPkg::Tools::Options::exec::Version=2 -o Dpkg::Options::=--force-confmiss install $missing
}
lists_are_fresh() { [ -n "$(find "$root/var/lib/apt/lists" -maxdepth 1 -name '*Packages*' -mtime -1 2>/dev/null)" ]; }
fail_install() {
	# the answer to the package's question goes where nothing of the package is there to be taken away with it
	[ "$(package_state postfix)" != not-installed ] || echo PURGE | debconf-communicate postfix >/dev/null 2>&1
	check_cancel
	[ -e "$run/fetched" ] || package_problem packages_unavailable
	package_problem package_system_broken
}

configure() {
	begin configuration
	[ $fresh = yes ] || write_configuration || cannot_write
	sed -n 's#^file /#/#p' "$payload" | write_files "$root" || cannot_write
	complaints=$(postconf -n 2>&1 >/dev/null; postconf -M 2>&1 >/dev/null)
	[ -z "$complaints" ] || fail configuration_refused output "$complaints"
	give_rights || cannot_write
	# what a cold start reads, the next one included: a reload would not miss it
	postfix check || fail configuration_refused output "$(last_output)"
	finish generation "$generation"
}

start_service() {
	begin service
	log_from=$(wc -c 2>/dev/null <"$mail_log") || log_from=0
	if has_systemd && ! is_enabled; then systemctl -q enable postfix; fi
	if ! is_running; then
		service_do start
	elif needs_reload; then
		without_lock postfix reload || fail configuration_refused output "$(last_output)"
	else
		service_do restart
	fi
	until_within 40 is_running || fail postfix_did_not_start output "$(start_words)"
	keep_waiting_mail || fail configuration_refused output "$(last_output)"
	finish
}
# What only needs a reload keeps its sockets, so they must be the right ones. The rest is restarted, as is another
# configuration than ours.
needs_reload() {
	listens_right && { [ $fresh = yes ] || { [ -n "$old_generation" ] && [ "$was_read_at_start" = "$(read_at_start)" ]; }; }
}
# what systemd said, then what Postfix has written into its log since this step began
start_words() {
	{ last_output; tail -c "+$((log_from + 1))" "$mail_log" 2>/dev/null | tail -n 5; } | head -c 600
}
# until_within TRIES COMMAND: tries it each quarter of a second
until_within() {
	tries=0
	until "$2"; do
		tries=$((tries + 1))
		[ $tries -le "$1" ] || return 1
		sleep 0.25
	done
}

# by what Postfix itself reads and does
verify() {
	begin verify
	until_within 60 answers_and_logs || fail verify_failed reason "no answer on loopback or no mail log" output "$(tail -n 8 "$mail_log" 2>/dev/null)"
	listens_right || fail verify_failed reason 'Postfix listens beyond loopback' output "$(listening)"
	passwords=$root$folder/sasl_passwd
	{ decoded credential; echo; } >"$run/credential"
	postmap -q "$relayhost" "texthash:$passwords" | cmp -s - "$run/credential" || fail verify_failed reason 'credential not read back as given'
	[ "$(stat -c %a:%U "$passwords")" = 600:root ] || fail verify_failed reason 'permissions of the credential'
	[ "$(postconf -h relayhost)" = "$relayhost" ] || fail verify_failed reason relayhost
	decoded master | cmp -s - "$root/etc/postfix/master.cf" || fail verify_failed reason master.cf
	finish
}
answers_and_logs() { listening | grep -qx '0100007F:0019' && [ -s "$mail_log" ]; }

# The old password leaves /etc last: until now everything could still go wrong. Remove gives it back from the origin.
retire_old_credentials() {
	for path in $old_credentials; do
		holds_old_credential "$path" || continue
		if [ -d "$state/origin" ] && [ ! -e "$state/origin/tree$path" ]; then
			(cd "$state/undo/tree" && cp -a --parents "${path#/}" "$state/origin/tree") || fail disk_full
			sync -f "$state/origin"
		fi
		rm -f "$root$path" || cannot_write
	done
}

# One rename. Before it everything can be given back, after it nothing is.
commit() {
	begin commit
	decoded marker | write_file "$state/marker" 0600 || cannot_write
	if [ -d "$state/origin" ]; then
		for list in added removed; do
			cat "$state/origin/$list" "$state/undo/$list" | awk '!seen[$1]++' >"$state/origin/list.new" || cannot_write
			mv "$state/origin/list.new" "$state/origin/$list"
		done
		kept=$state/origin
	else
		kept=$state/undo
	fi
	for path in $snapshot_paths /etc/postfix/main.cf /etc/postfix/master.cf; do
		[ ! -f "$root$path" ] || echo "$(digest_of "$root$path") $path"
	done >"$kept/after" || cannot_write
	on_disk "$state/marker" "$kept" "$root/etc/postfix" || cannot_write
	if [ -d "$state/origin" ]; then forget "$state/undo"; else mv "$state/undo" "$state/origin"; fi
	for entry in "$root"/etc/postfix/gateway-*; do
		[ "$entry" = "$root$folder" ] || rm -rf "$entry"
	done
	# what minds it has been replaced
	rm -f "$former_lock"
	finish
}
main
