# shellcheck shell=sh disable=SC2154
# What follows is rehearsed before the first change that stops mail: whoever fails here leaves everything as it is.

# rehearse FROM: ends the run where giving back FROM could not succeed
rehearse() {
	full=$(full_place 4096 256)
	# shellcheck disable=SC2086 # name and value pairs
	[ -z "$full" ] || fail disk_full $full
	package_changes "$1"
	if [ -n "$away$purge$back" ]; then
		if was_dpkg_interrupted; then
			configure_pending || package_problem package_system_broken
		fi
		# takes the locks of the package system, and waits for them
		fetch check || package_problem package_system_broken
		away=$(removable "$away" "$back")
		arguments=$back
		for name in $away; do arguments="$arguments $name-"; done
		# shellcheck disable=SC2086
		[ -z "$arguments" ] || apt_get -s install $arguments || package_problem packages_refused
	fi
	refuse_unwritable "$away"
}

# package_problem CODE: ends the run with what the package system said; some of it has a code of its own
package_problem() {
	case $(last_output) in
	*'Could not get lock'* | *'is locked by another process'* | *'Unable to lock'*) set -- package_system_busy ;;
	*'No space left on device'* | *'enough free space'*) set -- disk_full ;;
	*eld\ packages\ were\ changed* | *'unmet dependencies'* | *'held broken packages'* | *'has no installation candidate'*)
		set -- packages_refused
		;;
	esac
	fail "$1" output "$(last_output)"
}

# immutable_among FILE: of the paths in it, those with the attribute i or a. Without lsattr, a file that can have no second
# name and a folder that takes no file.
immutable_among() {
	if command -v lsattr >/dev/null 2>&1; then
		xargs -d '\n' lsattr -d <"$1" 2>/dev/null | sed -n 's#^[^ ]*[ia][^ ]* *\(/.*\)#\1#p'
		return
	fi
	while IFS= read -r path; do
		if [ -f "$path" ] && [ ! -L "$path" ]; then
			ln "$path" "$path.email-gateway-try" 2>&1
			rm -f "$path.email-gateway-try"
		elif [ -d "$path" ] && [ ! -L "$path" ]; then
			touch "$path/.email-gateway-try" 2>&1
			rm -f "$path/.email-gateway-try"
		fi | grep -q 'not permitted' && echo "$path"
	done <"$1"
}

# refuse_unwritable PACKAGES: files of the mail system, and of packages that go, that not even root may replace
refuse_unwritable() {
	{
		# shellcheck disable=SC2086 # a list of paths
		find /etc/postfix /etc/aliases /etc/mailname $old_credentials -xdev 2>/dev/null
		for name in $1; do dpkg -L "$name" 2>/dev/null; done
	} | sort -u >/run/email-gateway/touched
	stuck=$(
		immutable_among /run/email-gateway/touched | sed 's#$# is immutable (lsattr shows it, chattr -i ends it)#'
		awk '{ print $5 }' /proc/self/mountinfo | grep -xF -f /run/email-gateway/touched | while IFS= read -r path; do
			[ -d "$path" ] || echo "$path is a mount of its own"
		done
		for folder in /etc /etc/postfix /usr/sbin /var/log /var/lib/dpkg; do
			[ ! -d $folder ] || { touch $folder/.email-gateway-try && rm -f $folder/.email-gateway-try; } 2>/dev/null || echo "$folder cannot be written"
		done
	)
	[ -z "$stuck" ] || fail files_not_writable output "$(echo "$stuck" | head -n 5)"
}
