# shellcheck shell=sh disable=SC2154
# Makes this server what the payload says, or gives everything back. After worker.sh and restore.sh.
# Payload lines: before_dpkg, packages, main, master, file, relayhost, credential, marker, found (see payload.ts).
state=/var/lib/email-gateway
payload=/run/email-gateway/payload
mail_log=/var/log/email-gateway/mail.log
word() { sed -n "s/^$1 //p" $payload | head -n 1; }
decoded() { word "$1" | base64 -d; }

generation=$(word generation)
packages=$(word packages)
relayhost=$(word relayhost)
fresh=no
is_installed postfix || fresh=yes

# --- an earlier run that did not end is undone before anything else
if [ -e $state/removing ] || [ -d $state/undo ]; then
	begin repair
	if [ -d $state/undo ]; then
		restore $state/undo || result 'failed undo_incomplete unknown' reason "$restore_problem" output "$(last_output)"
		forget $state/undo
	fi
	if [ -e $state/removing ]; then
		restore $state/origin || result 'failed undo_incomplete unknown' reason "$restore_problem" output "$(last_output)"
		rm -f $state/marker $state/removing
		forget $state/origin
	fi
	finish
	is_installed postfix || fresh=yes
fi
rm -rf $state/undo.old $state/origin.old

# --- snapshot
begin snapshot
# somebody else may have installed between the look and this lock: nobody is adopted who was not seen and named
managed=$(cat $state/marker 2>/dev/null)
if [ -n "$managed" ] && [ "$managed" != "$(decoded marker)" ]; then
	found=$(word found)
	if [ "$found" = - ] || [ "$managed" != "$(echo "$found" | base64 -d)" ]; then
		fail managed_by_another_site
	fi
fi
# apt would lay that of Postfix beside it, and sites would go on calling another program
diverted=$(dpkg-divert --truename /usr/sbin/sendmail)
[ "$diverted" = /usr/sbin/sendmail ] || fail packages_refused output "/usr/sbin/sendmail is diverted to $diverted. To end that: rm -f /usr/sbin/sendmail; dpkg-divert --rename --remove /usr/sbin/sendmail"
missing=''
for name in $packages; do
	is_installed "$name" && is_whole "$name" || missing="$missing $name"
done
needed_kib=8192
[ -z "$missing" ] || needed_kib=131072
[ "$(free_kib)" -ge $needed_kib ] || fail disk_full freeKib "$(free_kib)" neededKib "$needed_kib"
needed_inodes=128
[ -z "$missing" ] || needed_inodes=4096
full=$(full_place 2048 $needed_inodes)
# shellcheck disable=SC2086 # name and value pairs
[ -z "$full" ] || fail disk_full $full
# what dpkg writes to take packages away again must fit on a disk that fills up meanwhile
[ -z "$missing" ] || head -c 16777216 /dev/zero >$state/room || fail disk_full
# and what it logs, where that is a file system of its own
[ -z "$missing" ] || head -c 524288 /dev/zero >"$log_room" || fail disk_full where /var/log
old_generation=$(sed -n 's#^smtp_sasl_password_maps = texthash:/etc/postfix/gateway-\([0-9][0-9]*\)/sasl_passwd$#\1#p' /etc/postfix/main.cf 2>/dev/null | head -n 1)
take_snapshot || fail files_not_writable output "$(last_output)"
refuse_unwritable ''
# before the package, whose own script starts what is not masked
each_masked $state/undo rm -f || fail files_not_writable output "$(last_output)"
finish

write_file() { # CONTENT-PIPED-IN PATH MODE: aside, then renamed into place
	if cat >"$1.dpkg-new" && chmod "$2" "$1.dpkg-new" && mv -T "$1.dpkg-new" "$1"; then return 0; fi
	rm -f "$1.dpkg-new"
	return 1
}

# maps in a folder of their own, then main.cf by one rename: there is no moment with half a configuration
write_configuration() {
	asked=$generation
	while [ "$generation" = "$old_generation" ]; do generation=$((generation + 1)); done
	folder=/etc/postfix/gateway-$generation
	[ -d /etc/postfix ] || mkdir -m 0755 /etc/postfix || return 1
	rm -rf "$folder"
	mkdir -m 0755 "$folder" && chmod 0755 "$folder" || return 1
	sed -n 's/^file //p' $payload | while IFS=' ' read -r path mode content; do
		case $path in /*) continue ;; esac
		printf '%s' "$content" | base64 -d | write_file "$folder/$path" "$mode" || exit 1
	done || return 1
	[ -d /var/log/email-gateway ] || mkdir -m 0700 /var/log/email-gateway || return 1
	chmod 0700 /var/log/email-gateway
	on_disk "$folder" || return 1
	# one that both configurations can run with: the maps are named in main.cf only
	decoded master | write_file /etc/postfix/master.cf 0644 || return 1
	decoded main | sed "s#/etc/postfix/gateway-$asked/#$folder/#" | write_file /etc/postfix/main.cf 0644
}

# Owners and permissions as the package gives them. What lies in maildrop is of who handed it over, in private also of others.
give_rights() {
	for path in /usr/sbin/postdrop /usr/sbin/postqueue; do
		is_granted $path root -2010 || { chown root:postdrop $path && chmod 2555 $path; } || return 1
	done
	for name in active bounce corrupt defer deferred flush hold incoming saved trace; do
		[ ! -d "/var/spool/postfix/$name" ] || find "/var/spool/postfix/$name" ! -user postfix -exec chown -h postfix {} + || return 1
	done
	# the first start makes what is not there yet
	[ ! -d /var/spool/postfix/private ] || chown postfix /var/spool/postfix/private || return 1
	give_folder maildrop -030 1730 && give_folder public -010 2710
}
give_folder() { # NAME BITS MODE
	[ ! -d "/var/spool/postfix/$1" ] || is_granted "/var/spool/postfix/$1" postfix "$2" || {
		chown postfix:postdrop "/var/spool/postfix/$1" && chmod "$3" "/var/spool/postfix/$1"
	}
}
# is_granted PATH OWNER BITS: whether it is of that owner and the group postdrop, with at least those bits
is_granted() { [ -n "$(find "$1" -maxdepth 0 -user "$2" -group postdrop -perm "$3" 2>/dev/null)" ]; }

# These keys are read at a start only: a reload leaves the old sockets, folders or environment in place.
read_at_start() {
	postconf -h inet_interfaces inet_protocols queue_directory mail_owner setgid_group import_environment \
		alternate_config_directories multi_instance_enable 2>/dev/null
}
was_read_at_start=$(read_at_start)

# --- packages
begin packages
# One run of apt: it reads its lists once, fetches, tells before-dpkg.sh what it is about to do, and does it.
# confmiss: after a mere removal dpkg remembers configuration files that are gone as unwanted
install_missing() {
	# shellcheck disable=SC2086 # a list of package names
	fetch --reinstall -o DPkg::Pre-Install-Pkgs::="exec sh /run/email-gateway/before-dpkg $here" \
		-o DPkg::Tools::Options::exec::Version=2 -o Dpkg::Options::=--force-confmiss install $missing
}
lists_are_fresh() { [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 2>/dev/null)" ]; }
if [ -n "$missing" ]; then
	if was_dpkg_interrupted; then
		configure_pending || package_problem package_system_broken
	fi
	lists_are_fresh || fetch update || :
	case " $missing " in
	*' postfix '*)
		# before the package: it then comes up with this configuration, on loopback only
		write_configuration || fail files_not_writable output "$(last_output)"
		echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
		;;
	esac
	decoded before_dpkg >/run/email-gateway/before-dpkg
	install_missing || { [ ! -e /run/email-gateway/fetched ] && fetch update && install_missing; } || {
		# the answer to the package's question goes where nothing of the package is there to be taken away with it
		[ "$(package_state postfix)" != not-installed ] || echo PURGE | debconf-communicate postfix >/dev/null 2>&1
		check_cancel
		[ -e /run/email-gateway/fetched ] || package_problem packages_unavailable
		package_problem package_system_broken
	}
fi
# made of the package's certificates by its own script, which runs where dpkg sees something new only
[ -s /etc/ssl/certs/ca-certificates.crt ] || update-ca-certificates || fail package_system_broken output "$(last_output)"
finish added "$(cut -d ' ' -f 1 $state/undo/added | tr '\n' ' ')" removed "$(cut -d ' ' -f 1 $state/undo/removed | tr '\n' ' ')"

# --- configuration
begin configuration
if [ $fresh = no ]; then
	write_configuration || fail files_not_writable output "$(last_output)"
fi
sed -n 's/^file //p' $payload | while IFS=' ' read -r path mode content; do
	case $path in /*) printf '%s' "$content" | base64 -d | write_file "$path" "$mode" || exit 1 ;; esac
done || fail files_not_writable output "$(last_output)"
complaints=$(postconf -n 2>&1 >/dev/null; postconf -M 2>&1 >/dev/null)
[ -z "$complaints" ] || fail configuration_refused output "$complaints"
# What only needs a reload keeps its sockets, so they must be the right ones. The rest is restarted, as is another
# configuration than ours.
needs_reload() {
	is_running && listens_right && { [ $fresh = yes ] || { [ -n "$old_generation" ] && [ "$was_read_at_start" = "$(read_at_start)" ]; }; }
}
give_rights || fail files_not_writable output "$(last_output)"
# what a cold start reads, the next one included: a reload would not miss it
postfix check || fail configuration_refused output "$(last_output)"
finish generation "$generation"

# --- service
# what systemd said, then what Postfix has written into its log since this step began
start_words() {
	{ last_output; tail -c "+$((log_from + 1))" $mail_log 2>/dev/null | tail -n 5; } | head -c 600
}
begin service
log_from=$(wc -c 2>/dev/null <$mail_log) || log_from=0
if has_systemd && ! is_enabled; then systemctl -q enable postfix; fi
if ! is_running; then
	service_do start
elif ! needs_reload; then
	service_do restart
else
	postfix reload 9>&- || fail configuration_refused output "$(last_output)"
fi
tries=0
until is_running; do
	tries=$((tries + 1))
	[ $tries -le 40 ] || fail postfix_did_not_start output "$(start_words)"
	sleep 0.25
done
keep_waiting_mail || fail configuration_refused output "$(last_output)"
finish

# --- verify: by what Postfix itself reads and does
begin verify
tries=0
until listening | grep -qx '0100007F:0019' && [ -s $mail_log ]; do
	tries=$((tries + 1))
	[ $tries -le 60 ] || fail verify_failed reason "no answer on loopback or no mail log" output "$(tail -n 8 $mail_log 2>/dev/null)"
	sleep 0.25
done
listens_right || fail verify_failed reason 'Postfix listens beyond loopback' output "$(listening)"
decoded credential >/run/email-gateway/credential
printf '\n' >>/run/email-gateway/credential
postmap -q "$relayhost" "texthash:$folder/sasl_passwd" | cmp -s - /run/email-gateway/credential || fail verify_failed reason 'credential not read back as given'
[ "$(stat -c %a:%U "$folder/sasl_passwd")" = 600:root ] || fail verify_failed reason 'permissions of the credential'
[ "$(postconf -h relayhost)" = "$relayhost" ] || fail verify_failed reason relayhost
decoded master | cmp -s - /etc/postfix/master.cf || fail verify_failed reason master.cf
finish

# --- the old password leaves /etc last: until now everything could still go wrong. Remove gives it back from the origin.
for path in $old_credentials; do
	holds_old_credential "$path" || continue
	if [ -d $state/origin ] && [ ! -e "$state/origin/tree$path" ]; then
		(cd $state/undo/tree && cp -a --parents ".$path" $state/origin/tree) || fail disk_full
		sync -f $state/origin
	fi
	rm -f "$path" || fail files_not_writable output "$(last_output)"
done

# --- What somebody changed by hand since our last commit is replaced, not lost: a copy stays on the server.
keep_copy() { # PATH
	mkdir -p /var/backups/email-gateway && chmod 0700 /var/backups/email-gateway || return 1
	cp -a "$state/undo/tree$1" "/var/backups/email-gateway/$(date -u +%Y%m%dT%H%M%SZ)-${1##*/}"
}
if [ -d $state/origin ]; then
	for path in /etc/postfix/main.cf /etc/postfix/master.cf; do
		was=$state/undo/tree$path
		[ ! -f "$was" ] || cmp -s "$was" "$path" || grep -qxF "$(digest_of "$was") $path" $state/origin/after 2>/dev/null || keep_copy "$path" || fail disk_full
	done
	[ ! -e $state/undo/tree/usr/sbin/sendmail ] || keep_copy /usr/sbin/sendmail || fail disk_full
	for path in "$state"/undo/tree/etc/postfix/gateway-*/*; do
		case ${path##*/} in
		sasl_passwd | virtual_alias | recipient_canonical | generic | reply_filter | delivery_status | ca.pem | '*') ;;
		*) keep_copy "${path#"$state/undo/tree"}" || fail disk_full ;;
		esac
	done
fi

# --- commit: one rename. Before it everything can be given back, after it nothing is.
begin commit
decoded marker | write_file $state/marker 0600 || fail files_not_writable output "$(last_output)"
if [ -d $state/origin ]; then
	for list in added removed; do
		cat "$state/origin/$list" "$state/undo/$list" | awk '!seen[$1]++' >"$state/origin/list.new" || fail files_not_writable output "$(last_output)"
		mv "$state/origin/list.new" "$state/origin/$list"
	done
	kept=$state/origin
else
	kept=$state/undo
fi
for path in $snapshot_paths /etc/postfix/main.cf /etc/postfix/master.cf; do
	[ ! -f "$path" ] || echo "$(digest_of "$path") $path"
done >"$kept/after" || fail files_not_writable output "$(last_output)"
on_disk $state/marker "$kept" /etc/postfix || fail files_not_writable output "$(last_output)"
if [ -d $state/origin ]; then forget $state/undo; else mv $state/undo $state/origin; fi
for entry in /etc/postfix/gateway-*; do
	[ "$entry" = "$folder" ] || rm -rf "$entry"
done
finish
result 'done'
