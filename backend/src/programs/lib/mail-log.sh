# The mail log after a cursor, told in lines that begin with `log_`. Rotation gives a file another name and packs it, so
# the file is known by a digest of its beginning.

log_bytes_of() { case $1 in *.gz) zcat -- "$1" 2>/dev/null ;; *) cat -- "$1" ;; esac; }
log_size_of() { case $1 in *.gz) zcat -- "$1" 2>/dev/null | wc -c ;; *) stat -c %s -- "$1" ;; esac; }
log_after() { case $1 in *.gz) zcat -- "$1" 2>/dev/null | tail -c "+$(($2 + 1))" ;; *) tail -c "+$(($2 + 1))" -- "$1" ;; esac; }

# The log and its rotated files, newest first, one a line.
log_files() {
	[ ! -f "$1" ] || echo "$1"
	for number in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
		if [ -f "$1.$number" ]; then
			echo "$1.$number"
		elif [ -f "$1.$number.gz" ]; then
			echo "$1.$number.gz"
		fi
	done
}

# Finds where the cursor stands: the file that begins so and is long enough; one that was read to its end is followed by
# the next newer one. Sets log_file, log_position, log_newer and log_follows.
# $1: the log; $2: digest of the first bytes, at most 256, `-` for none; $3: bytes that were read
log_find() {
	log_file='' log_newer='' log_follows=no newer_of_newer=''
	log_position=$3
	known=$(($3 < 256 ? $3 : 256))
	if [ "$2" != - ]; then
		for candidate in $(log_files "$1"); do
			if [ "$(log_bytes_of "$candidate" | head -c "$known" | sha256sum | cut -c 1-64)" = "$2" ] && [ "$(log_size_of "$candidate")" -ge "$3" ]; then
				log_file=$candidate
				log_follows=yes
				break
			fi
			newer_of_newer=$log_newer
			log_newer=$candidate
		done
	fi
	if [ -z "$log_file" ]; then
		log_file=$1 log_position=0 log_newer=''
	elif [ -n "$log_newer" ] && [ "$(log_size_of "$log_file")" -le "$3" ]; then
		log_file=$log_newer log_position=0 log_newer=$newer_of_newer
	fi
}

# $1, $2: as $2 and $3 of log_find; $3: at most so many bytes
mail_log_piece() {
	log=$(postconf -h maillog_file 2>/dev/null)
	[ -n "$log" ] && [ -f "$log" ] || return 0
	log_find "$log" "$1" "$2"
	echo "log_clock $(date '+%s %z')"
	echo "log_follows $log_follows"
	echo "log_start $(log_bytes_of "$log_file" | head -c 256 | base64 -w0)"
	echo "log_place $log_position $(log_size_of "$log_file") ${log_newer:+newer}"
	log_after "$log_file" "$log_position" | head -c "$3" | gzip -c | base64 -w60000 | sed 's/^/log_bytes /'
	log_after "$log_file" "$log_position" | head -c "$3" |
		sed -n 's/^[^[]*\/pickup\[[0-9]*\]: [0-9A-Za-z]*: uid=\([0-9]*\) from=.*/\1/p' | sort -un | head -n 200 |
		xargs -r getent passwd | sed -n 's/^\([A-Za-z0-9._-]*\):[^:]*:\([0-9]*\):.*/log_user \2 \1/p'
}
