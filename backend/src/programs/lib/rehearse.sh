# shellcheck shell=sh disable=SC2154
# What follows is rehearsed before the first change that stops mail: whoever fails here leaves everything as it is.

# rehearse FROM: ends the run where giving back FROM could not succeed
rehearse() {
	full=$(full_place 4096 256)
	# shellcheck disable=SC2086 # name and value pairs
	[ -z "$full" ] || fail disk_full $full
	package_changes "$1"
	if [ -n "$away$purge$back" ]; then
		complete_packages || package_problem package_system_broken
		# takes the locks of the package system, and waits for them
		fetch check || package_problem package_system_broken
		away=$(removable "$away" "$back")
		arguments=$(give_back_arguments "$away" "$back")
		# shellcheck disable=SC2086
		[ -z "$arguments" ] || apt_get -s install $arguments || package_problem packages_refused
	fi
	refuse_unwritable "$away"
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

# touched_paths PACKAGES: files of the mail system, and of packages that go
touched_paths() {
	{
		for path in /etc/postfix /etc/aliases /etc/mailname $old_credentials; do
			find "$root$path" -xdev 2>/dev/null
		done
		for name in $1; do dpkg -L "$name" 2>/dev/null | sed "s#^#$root#"; done
	} | sort -u
}

# refuse_unwritable PACKAGES: ends the run where not even root may replace one of them
refuse_unwritable() {
	touched=$run/touched
	touched_paths "$1" >"$touched"
	stuck=$(
		immutable_among "$touched" | sed 's#$# is immutable (lsattr shows it, chattr -i ends it)#'
		awk -v root="$root" '{ print root $5 }' "$root/proc/self/mountinfo" | grep -xF -f "$touched" | while IFS= read -r path; do
			[ -d "$path" ] || echo "$path is a mount of its own"
		done
		for place in /etc /etc/postfix /usr/sbin /var/log /var/lib/dpkg; do
			[ ! -d "$root$place" ] || { touch "$root$place/.email-gateway-try" && rm -f "$root$place/.email-gateway-try"; } 2>/dev/null || echo "$place cannot be written"
		done
	)
	[ -z "$stuck" ] || fail files_not_writable output "$(echo "$stuck" | head -n 5)"
}
