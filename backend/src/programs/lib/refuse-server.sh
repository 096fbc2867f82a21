# shellcheck shell=sh disable=SC2034,SC2154
# What an apply refuses of a server before it changes anything.

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
