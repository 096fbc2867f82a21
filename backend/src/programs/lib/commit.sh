# shellcheck shell=sh disable=SC2034,SC2154
# The end of an apply: until here everything can still be given back.

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
