# shellcheck shell=sh disable=SC2154
# The mail log after a cursor, told in lines that begin with `log_`. Rotation gives its file another name and packs it, so
# a file is known by a digest of its beginning. Changes nothing.

# log_bytes FILE AFTER: what follows on so many bytes
log_bytes() {
	case $1 in
	*.gz) zcat "$1" 2>/dev/null | tail -c "+$(($2 + 1))" ;;
	*) tail -c "+$(($2 + 1))" "$1" ;;
	esac
}
log_size() {
	case $1 in
	*.gz) zcat "$1" 2>/dev/null | wc -c ;;
	*) stat -c %s "$1" ;;
	esac
}
log_head() { log_bytes "$1" 0 | head -c "$2"; }

# the log and its rotated files, newest first
log_files() {
	for number in '' .1 .2 .3 .4 .5 .6 .7 .8 .9 .10 .11 .12 .13 .14; do
		if [ -f "$mail_log$number" ]; then
			echo "$mail_log$number"
		elif [ -f "$mail_log$number.gz" ]; then
			echo "$mail_log$number.gz"
		fi
	done
}

# log_find DIGEST AFTER: sets log_file, log_position, log_newer and log_follows. The file is the one that begins so, its
# digest is that of the bytes that were read, at most 256, and `-` is none. One that was read to its end is followed by
# the next newer one. Where there is none, it is the log, from its beginning.
log_find() {
	log_file='' log_position=$2 log_newer='' log_follows=no newer_than_that=''
	log_known=$(($2 < 256 ? $2 : 256))
	for candidate in $([ "$1" = - ] || log_files); do
		if [ "$(log_head "$candidate" "$log_known" | sha256sum | cut -c 1-64)" = "$1" ] && [ "$(log_size "$candidate")" -ge "$2" ]; then
			log_file=$candidate log_follows=yes
			break
		fi
		newer_than_that=$log_newer
		log_newer=$candidate
	done
	if [ -z "$log_file" ]; then
		log_file=$mail_log log_position=0 log_newer=''
	elif [ -n "$log_newer" ] && [ "$(log_size "$log_file")" -le "$2" ]; then
		log_file=$log_newer log_position=0 log_newer=$newer_than_that
	fi
}

# mail_log_piece DIGEST AFTER MOST: at most so many bytes, and the names of the Unix users in them
mail_log_piece() {
	[ -f "$mail_log" ] || return 0
	log_find "$1" "$2"
	echo "log_clock $(date '+%s %z')"
	echo "log_follows $log_follows"
	echo "log_start $(log_head "$log_file" 256 | base64 -w0)"
	echo "log_place $log_position $(log_size "$log_file")${log_newer:+ newer}"
	log_bytes "$log_file" "$log_position" | head -c "$3" | gzip -c | base64 -w60000 | sed 's/^/log_bytes /'
	log_bytes "$log_file" "$log_position" | head -c "$3" |
		sed -n -e 's#^[^[]*/pickup\[[0-9]*\]: [0-9A-Za-z]*: uid=\([0-9]*\) from=.*#\1#p' \
			-e 's#^[^[]*/smtpd\[[0-9]*\]: [0-9A-Za-z]*: [a-z]*: [A-Z]* from [^ ]*: \(<[A-Z]*>: [A-Za-z]* command \)\{0,1\}uid=\([0-9]*\); .*#\2#p' | sort -un | head -n 200 |
		xargs -r getent passwd | sed -n 's/^\([A-Za-z0-9._-]*\):[^:]*:\([0-9]*\):.*/log_user \2 \1/p'
}
