# shellcheck shell=sh disable=SC2034,SC2154
# Takes a snapshot of everything a run may change, and gives it back. A snapshot is a folder:
#   tree/ absent   files as they were, paths that were not there
#   added removed  packages a run is about to add (`name state-before`) and remove (`name auto|manual`)
#   accounts of_*  users and groups that were not there; lines of those that were
#   service        what Postfix did: `running|stopped enabled|disabled`
#   masked         its units that nothing could start: `UNIT /etc|/run`
#   provider       package of /usr/sbin/sendmail
#   saved_queue    where giving back has saved waiting mail: should it be cut off, the next call tells it
#   after          (origin only) digests of single files after the commit: what differs was changed by others
state=/var/lib/email-gateway
snapshot_paths='/etc/postfix /etc/aliases /etc/aliases.db /etc/mailname /etc/hosts /etc/networks /etc/logrotate.d/email-gateway /usr/local/sbin/email-gateway-waiting /etc/systemd/system/email-gateway-waiting.service /etc/systemd/system/email-gateway-waiting.timer /etc/cron.d/email-gateway-waiting /etc/tmpfiles.d/email-gateway.conf /etc/ssmtp/ssmtp.conf /var/lib/email-gateway/marker'
# passwords of mail systems whose place the gateway takes: moved out of /etc at the commit, given back by Remove
old_credentials='/etc/ssmtp/ssmtp.conf'
account_files='passwd shadow group gshadow subuid subgid'
restore_problem=''

# built aside, on disk, then renamed into place: a half snapshot never has its name
take_snapshot() {
	rm -rf $state/undo.new
	mkdir -p $state/undo.new/tree || return 1
	: >$state/undo.new/absent
	: >$state/undo.new/added
	: >$state/undo.new/removed
	: >$state/undo.new/accounts
	for path in $snapshot_paths; do
		if [ -e "$path" ] || [ -L "$path" ]; then
			cp -a --parents "$path" $state/undo.new/tree || return 1
		else
			echo "$path" >>$state/undo.new/absent
		fi
	done
	dpkg -S "$(readlink -f /usr/sbin/sendmail)" 2>/dev/null | sed -n '1s/:.*//p' >$state/undo.new/provider
	# one that somebody put there, which the package of Postfix would overwrite
	path_owner=$(dpkg -S /usr/sbin/sendmail 2>/dev/null | grep -v '^\(local \)\{0,1\}diversion' | sed 's/: .*//')
	if [ -e /usr/sbin/sendmail ] && { [ -z "$path_owner" ] || { [ "$path_owner" = postfix ] && ! is_postfix_sendmail; }; }; then
		cp -a --parents /usr/sbin/sendmail $state/undo.new/tree || return 1
	fi
	getent passwd postfix >/dev/null || echo 'user postfix' >>$state/undo.new/accounts
	for group in postfix postdrop ssl-cert; do
		getent group $group >/dev/null || echo "group $group" >>$state/undo.new/accounts
	done
	# accounts that were there before the package: its purge takes them away all the same
	for name in $account_files; do
		grep '^\(postfix\|postdrop\):' "/etc/$name" >"$state/undo.new/of_$name" 2>/dev/null
	done
	running=stopped
	enabled=disabled
	is_running && running=running
	is_enabled && enabled=enabled
	echo "$running $enabled" >$state/undo.new/service
	masked_units >$state/undo.new/masked
	sync -f $state/undo.new
	mv $state/undo.new $state/undo
}

# save_queue: copies waiting mail out of the spool; sets $saved_queue once all of it is on the disk. One folder a run: a
# second call adds to it what was submitted meanwhile, so that the place that is told holds everything.
save_queue() {
	[ "$(queue_size)" -gt 0 ] || return 0
	place=$saved_queue
	if [ -z "$place" ]; then
		place=/var/lib/email-gateway-saved-queue-$(date -u +%Y%m%dT%H%M%SZ)
		mkdir -m 0700 "$place" "$place/messages" || return 1
		[ ! -e $state/removing ] || printf '%s\n' "$place" >$state/removing
	fi
	cp -a --parents /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active /var/spool/postfix/deferred \
		/var/spool/postfix/hold /var/spool/postfix/defer "$place" || return 1
	queue_files | while IFS= read -r file; do
		postcat -e "$file" >"$place/messages/${file##*/}.envelope" 2>/dev/null
		postcat -bh "$file" >"$place/messages/${file##*/}.eml" 2>/dev/null
	done
	sync -f "$place" || return 1
	saved_queue=$place
}

# taken_along BACK AWAY…: what would go, once BACK is there again, with the removal of AWAY
taken_along() {
	along_back=$1
	shift
	for name; do
		shift
		set -- "$@" "$name-"
	done
	# shellcheck disable=SC2086 # a list of package names
	along=$(apt-get -s --no-install-recommends install $along_back "$@" 2>/dev/null) || return 1
	echo "$along" | sed -n 's/^\(Remv\|Purg\) \([^ :]*\).*/\2/p'
}

# removable NAMES BACK: those of NAMES that nothing outside of NAMES needs
removable() {
	[ -n "$1" ] || return 0
	# shellcheck disable=SC2086
	if along=$(taken_along "$2" $1) && only_among "$1" "$along"; then
		echo "$1"
		return 0
	fi
	for candidate in $1; do
		# that apt refuses it is no answer: it stays
		if along=$(taken_along "$2" "$candidate") && only_among "$1" "$along"; then echo "$candidate"; fi
	done
}

# only_among SET NAMES: whether each of NAMES is in SET
only_among() {
	for name in $2; do
		case " $1 " in *" $name "*) ;; *) return 1 ;; esac
	done
}

# whole_folders NAME: those in /etc that packages of its source have, and no other. What is in them may have been made by
# scripts and be unknown to dpkg: sendmail.cf, dma.conf.
whole_folders() {
	source_of() { dpkg-query -W -f '${source:Package}\n' "$1" 2>/dev/null | head -n 1; }
	source=$(source_of "$1")
	dpkg -L "$1" 2>/dev/null | sed -n 's#^\(/etc/[^/]*\).*#\1#p' | sort -u | while IFS= read -r path; do
		[ -d "$path" ] || continue
		for owner in $(dpkg -S "$path" 2>/dev/null | sed -n "s#: $path\$##p" | tr -d ,); do
			[ "$(source_of "$owner")" = "$source" ] || continue 2
		done
		echo "$path"
	done
}

# Scripts of a package may write its configuration anew when it is installed again (ssmtp's do), so what stayed of it on
# the disk is copied aside before and laid back after. Folders of that package alone are taken whole.
keep_configuration() { # NAMES
	rm -rf "$from/configured.new"
	mkdir -p "$from/configured.new" || return 1
	for name in $1; do whole_folders "$name"; done | sort -u >"$from/whole"
	while IFS= read -r path; do
		cp -a --parents "$path" "$from/configured.new" || return 1
	done <"$from/whole"
	for name in $1; do
		dpkg -L "$name" 2>/dev/null | sed -n '/^\/etc\/./p' | while IFS= read -r path; do
			[ -e "$path" ] || continue
			if [ -d "$path" ]; then
				[ "$(dpkg -S "$path" 2>/dev/null)" = "$name: $path" ] || continue
			fi
			cp -a --parents "$path" "$from/configured.new" || exit 1
		done || return 1
	done
	sync -f "$from/configured.new"
	mv "$from/configured.new" "$from/configured"
}

# What keep_configuration has of whole folders: scripts of the packages see none of it, until it is laid back.
clear_configuration() {
	[ -f "$from/whole" ] && [ -d "$from/configured" ] || return 1
	while IFS= read -r folder; do
		find "$folder" -type f | while IFS= read -r path; do
			! cmp -s "$path" "$from/configured$path" || rm -f "$path"
		done
	done <"$from/whole"
}

# only where the contents differ: a removal takes the mode to run from programs in /etc/init.d, an install gives it back
give_configuration() {
	[ -d "$from/configured" ] || return 0
	find "$from/configured" -type f | while IFS= read -r kept; do
		path=${kept#"$from/configured"}
		cmp -s "$kept" "$path" || cp -a --remove-destination "$kept" "$path" || exit 1
	done || return 1
	# what dpkg, ucf and the scripts laid beside it meanwhile
	[ -f "$from/whole" ] || return 0
	while IFS= read -r folder; do
		find "$folder" -type f \( -name '*.dpkg-*' -o -name '*.ucf-*' -o -name '*.old' \) | while IFS= read -r path; do
			[ -e "$from/configured$path" ] || rm -f "$path"
		done
	done <"$from/whole"
}

# What others keep in /etc/postfix, which goes with the package, is copied aside and laid back. Ours are main.cf,
# master.cf and gateway-*, the rest is what the package or Postfix makes.
keep_others() {
	[ ! -d "$from/others" ] || return 0
	rm -rf "$from/others.new"
	mkdir -p "$from/others.new" || return 1
	packaged=$(dpkg -L postfix 2>/dev/null | grep '^/etc/postfix/')
	find /etc/postfix -mindepth 1 ! -type d ! -path '/etc/postfix/gateway-[0-9]*/*' ! -path /etc/postfix/main.cf ! -path /etc/postfix/master.cf \
		! -path '*/dynamicmaps.cf*' ! -path '*.proto' ! -path '*.dpkg-*' ! -path /etc/postfix/makedefs.out | grep -vxF -e "$packaged" |
		while IFS= read -r path; do
			cp -a --parents "$path" "$from/others.new" || exit 1
		done || return 1
	sync -f "$from/others.new"
	mv "$from/others.new" "$from/others"
}
give_others() {
	[ -d "$from/others/etc/postfix" ] || return 0
	mkdir -p /etc/postfix && cp -a "$from/others/etc/postfix/." /etc/postfix/
}

# package_changes FROM: sets $away, $purge and $back, what giving back does with packages
package_changes() {
	from=$1
	away=''
	purge=''
	while IFS=' ' read -r name before; do
		case $(package_state "$name") in
		not-installed) ;;
		config-files) [ "$before" = not-installed ] && purge="$purge $name" ;;
		*)
			away="$away $name"
			[ "$before" = not-installed ] && purge="$purge $name"
			;;
		esac
	done <"$from/added"
	back=''
	while IFS=' ' read -r name _; do
		is_installed "$name" || back="$back $name"
	done <"$from/removed"
}

restore_packages() {
	package_changes "$1"
	[ -n "$away$purge$back" ] || [ -d "$from/configured" ] || return 0
	if [ -n "$back" ] && [ ! -d "$from/configured" ]; then
		keep_configuration "$back" || { restore_problem='configuration not kept'; return 1; }
	fi
	if was_dpkg_interrupted; then
		configure_pending
	fi
	away=$(removable "$away" "$back")
	arguments=$back
	for name in $away; do arguments="$arguments $name-"; done
	if [ -n "$arguments" ]; then
		case " $arguments " in
		*' postfix- '*)
			service_do stop
			save_queue || { restore_problem='queue not saved'; return 1; }
			[ -z "$saved_queue" ] || printf '%s\n' "$saved_queue" >"$from/saved_queue" || { restore_problem='queue not saved'; return 1; }
			;;
		esac
		# scripts of a package may stumble over what somebody wrote into its configuration: dma's over a second SMARTHOST
		# shellcheck disable=SC2086 # a list of package names
		apt_get install $arguments || { was_dpkg_interrupted && clear_configuration && configure_pending && apt_get install $arguments; } || {
			restore_problem='packages'
			# mail goes on with what is there: nothing stands still until a person has read this
			! is_installed postfix || is_running || { cp $said "$said.apt"; service_do start; mv "$said.apt" $said; }
			return 1
		}
	fi
	give_configuration || { restore_problem='configuration'; return 1; }
	leftovers=''
	for name in $purge; do
		[ "$(package_state "$name")" = config-files ] && leftovers="$leftovers $name"
	done
	case " $leftovers " in
	*' postfix '*) keep_others || { restore_problem='files of others not kept'; return 1; } ;;
	esac
	if [ -n "$leftovers" ]; then
		# its script removes the spool, and fails where a mount lies there
		case " $leftovers " in *' postfix '*) ! grep -q ' /var/spool/postfix[ /]' /proc/self/mounts || spool_aside=yes ;; esac
		# shellcheck disable=SC2086
		apt_get purge $leftovers || { restore_problem='purge'; return 1; }
		[ "$spool_aside" = no ] || find /var/spool/postfix -xdev -mindepth 1 -delete
		spool_aside=no
	fi
	while IFS=' ' read -r name mark; do
		apt-mark "$mark" "$name" >/dev/null 2>&1
	done <"$from/removed"
	while IFS=' ' read -r kind name; do
		is_installed postfix && [ "$name" != ssl-cert ] && continue
		is_installed ssl-cert && [ "$name" = ssl-cert ] && continue
		case $kind in
		user) getent passwd "$name" >/dev/null && userdel "$name" ;;
		group) getent group "$name" >/dev/null && groupdel "$name" ;;
		esac
	done <"$from/accounts"
	for name in $account_files; do
		[ ! -f "$from/of_$name" ] || while IFS= read -r line; do
			grep -q "^${line%%:*}:" "/etc/$name" || echo "$line" >>"/etc/$name"
		done <"$from/of_$name"
	done
	return 0
}

# changed_by_others FROM PATH: true where the file is not as our commit left it
changed_by_others() {
	[ -f "$1/after" ] || return 1
	! grep -qxF "$(digest_of "$2") $2" "$1/after"
}
digest_of() { sha256sum <"$1" 2>/dev/null | cut -c 1-64; }

# holds_old_credential PATH: as facts.sh tells it
holds_old_credential() {
	[ -f "$1" ] && [ ! -L "$1" ] && grep -qi '^[[:blank:]]*AuthPass' "$1"
}

# give_back_credentials FROM: before the package that reads them, which would otherwise make files of its own. One
# that somebody wrote meanwhile is left alone.
give_back_credentials() {
	given_back=''
	for path in $old_credentials; do
		[ -f "$1/tree$path" ] || continue
		if [ ! -e "$path" ]; then
			mkdir -p "${path%/*}" && cp -a "$1/tree$path" "$path" || return 1
		fi
		if cmp -s "$1/tree$path" "$path"; then given_back="$given_back $path"; fi
	done
}

# listing PATH: names, kinds, modes, owners and contents of a file or a folder, to be compared
listing() (
	cd "${1%/*}" 2>/dev/null || exit
	find "${1##*/}" -printf '%p %y %m %U %G %l\n' 2>/dev/null | sort
	find "${1##*/}" -type f -exec sha256sum {} + 2>/dev/null | sort
)
is_same() { [ "$(listing "$1")" = "$(listing "$2")" ]; }

# What is as it was is not written again: nothing is lost on it where the folder cannot be written any more.
restore_postfix_folder() {
	saved=$1/tree/etc/postfix
	mkdir -p /etc/postfix
	for entry in "$saved"/* "$saved"/.[!.]*; do
		[ -e "$entry" ] || [ -L "$entry" ] || continue
		[ "${entry##*/}" = main.cf ] && continue
		is_same "$entry" "/etc/postfix/${entry##*/}" && continue
		cp -a --remove-destination "$entry" /etc/postfix/ || return 1
	done
	if is_same "$saved/main.cf" /etc/postfix/main.cf; then
		:
	elif [ -e "$saved/main.cf" ] || [ -L "$saved/main.cf" ]; then
		cp -a "$saved/main.cf" /etc/postfix/.main.cf.restored && mv -T /etc/postfix/.main.cf.restored /etc/postfix/main.cf || return 1
	else
		rm -f /etc/postfix/main.cf || return 1
	fi
	[ -e "$saved/master.cf" ] || rm -f /etc/postfix/master.cf || return 1
	for entry in /etc/postfix/gateway-*; do
		[ -e "$saved/${entry##*/}" ] || rm -rf "$entry" || return 1
	done
	[ "$(stat -c %Y "$saved")" = "$(stat -c %Y /etc/postfix)" ] || touch -r "$saved" /etc/postfix
}

# a package that was installed meanwhile may have written it anew
is_given_back() { case " $given_back " in *" $1 "*) ;; *) return 1 ;; esac; }

restore_files() {
	from=$1
	while IFS= read -r path; do
		if [ "$path" = /etc/postfix ]; then
			is_installed postfix || { keep_others && rm -rf /etc/postfix; } || return 1
		elif [ -e "$path" ] && ! changed_by_others "$from" "$path"; then
			rm -f "$path"
		fi
	done <"$from/absent"
	for path in $snapshot_paths /usr/sbin/sendmail; do
		[ -e "$from/tree$path" ] || [ -L "$from/tree$path" ] || continue
		if [ "$path" = /etc/postfix ]; then
			restore_postfix_folder "$from" || return 1
		elif { is_given_back "$path" && ! is_same "$from/tree$path" "$path"; } || { ! cmp -s "$from/tree$path" "$path" && ! { [ -e "$path" ] && changed_by_others "$from" "$path"; }; }; then
			cp -a "$from/tree$path" "$path.restored" && mv "$path.restored" "$path" || return 1
		fi
	done
	give_others
}

# What looks after waiting mail is stopped before anything is given back, and started again where it was there before.
waiting_timer=email-gateway-waiting.timer
leave_waiting_mail() {
	if has_systemd && [ -f "/etc/systemd/system/$waiting_timer" ]; then
		systemctl -q disable --now "$waiting_timer" 2>/dev/null
		rm -f "/etc/systemd/system/$waiting_timer" /etc/systemd/system/email-gateway-waiting.service
		systemctl daemon-reload
	fi
	rm -f /usr/local/sbin/email-gateway-waiting
}
keep_waiting_mail() {
	has_systemd || return 0
	systemctl daemon-reload && systemctl -q enable "$waiting_timer" && systemctl restart "$waiting_timer"
}

# restore FOLDER: packages, files, accounts and service as the snapshot has them. May be repeated after a crash.
restore() {
	[ -n "$saved_queue" ] || saved_queue=$(cat "$1/saved_queue" 2>/dev/null)
	leave_waiting_mail
	rm -f /etc/logrotate.d/email-gateway /etc/cron.d/email-gateway-waiting /etc/tmpfiles.d/email-gateway.conf
	give_back_credentials "$1" || { restore_problem='files'; return 1; }
	restore_packages "$1" || return 1
	restore_files "$1" || { restore_problem='files'; return 1; }
	[ ! -f "/etc/systemd/system/$waiting_timer" ] || keep_waiting_mail || { restore_problem='timer'; return 1; }
	IFS=' ' read -r running enabled <"$1/service"
	if is_installed postfix; then
		if has_systemd; then
			[ "$enabled" = enabled ] && systemctl -q enable postfix
			[ "$enabled" = disabled ] && systemctl -q disable postfix
		fi
		if [ "$running" = running ]; then
			if is_running; then postfix reload 9>&-; else service_do start; fi
			is_running || { restore_problem='postfix does not start'; return 1; }
		else
			service_do stop
		fi
	fi
	each_masked "$1" mask || { restore_problem='mask'; return 1; }
	[ -e $state/marker ] || rm -rf /var/log/email-gateway
	sync
	return 0
}
