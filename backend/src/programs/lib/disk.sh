# shellcheck shell=sh disable=SC2154
# Room on the disk, and writing so that a crash leaves nothing half done.

# every file system that a run or the package system writes to: /var/log is often one of its own
written='usr var etc var/log var/lib var/lib/dpkg var/cache var/spool etc/postfix var/spool/postfix'
# kept back while packages change, so that giving back has room on a disk that fills up meanwhile
room=$state/room
log_room=$root/var/log/.email-gateway-room

free_kib() { (cd "$root/" && df -Pk usr var etc 2>/dev/null) | awk 'NR > 1 { if (min == "" || $4 < min) min = $4 } END { print min }'; }

# full_place KIB INODES: the first place with less room than that, as a detail of disk_full; nothing where all have it. A
# file system that counts no inodes tells a total of 0.
full_place() (
	cd "$root/" || exit
	# shellcheck disable=SC2086
	df -Pk $written 2>/dev/null | awk -v least="$1" 'NR > 1 && $4 + 0 < least { print "where", $6, "freeKib", $4, "neededKib", least; exit }' |
		grep . || df -Pi $written 2>/dev/null | awk -v least="$2" 'NR > 1 && $2 + 0 > 0 && $4 + 0 < least { print "where", $6, "freeInodes", $4, "neededInodes", least; exit }'
)

# what dpkg writes to take packages away again, and what it logs, where that is a file system of its own
keep_room() {
	head -c 16777216 /dev/zero >"$room" || fail disk_full
	head -c 524288 /dev/zero >"$log_room" || fail disk_full where /var/log
}
give_up_room() { rm -f "$room" "$log_room"; }

# on_disk PATH…: all below is on the disk. Not `sync -f`, which would wait for everything that apt has just fetched, too.
on_disk() { find "$@" \( -type f -o -type d \) -exec sync {} +; }

# write_file PATH MODE: what is piped in, aside, then renamed into place
write_file() {
	if cat >"$1.dpkg-new" && chmod "$2" "$1.dpkg-new" && mv -T "$1.dpkg-new" "$1"; then return 0; fi
	rm -f "$1.dpkg-new"
	return 1
}

# copy_aside PATH FOLDER: as it is, by its own path below FOLDER. Not as `./etc`: FOLDER would get the mode of `.`.
copy_aside() { (cd "$root/" && cp -a --parents "${1#/}" "$2"); }

# forget FOLDER: removes it so that a crash never leaves half of it under its name
forget() {
	rm -rf "$1.old"
	mv "$1" "$1.old" && rm -rf "$1.old"
}

digest_of() { sha256sum <"$1" 2>/dev/null | cut -c 1-64; }

# listing PATH: names, kinds, modes, owners and contents of a file or a folder, to be compared
listing() (
	cd "${1%/*}" 2>/dev/null || exit
	find "${1##*/}" -printf '%p %y %m %U %G %l\n' 2>/dev/null | sort
	find "${1##*/}" -type f -exec sha256sum {} + 2>/dev/null | sort
)
is_same() { [ "$(listing "$1")" = "$(listing "$2")" ]; }
