# shellcheck shell=sh disable=SC2154
# When the mail that waits arrived. Changes nothing.

# oldest_waiting APART: seconds since the epoch when the oldest message arrived that waits and whose id is none of these;
# nothing where none does. A long queue id begins with its time, so thousands cost one look at the folders. A short one was
# given before the gateway came, or after enable_long_queue_ids was taken out: of the first 2,000 the file says it.
oldest_waiting() {
	arrived=$(
		{
			echo "$1" | tr ' ' '\n' | sed 's/^/apart /'
			messages_in incoming active deferred hold | sed 's/^/waits /'
		} | awk '
		$1 == "apart" { apart[$2]; next }
		{
			id = $2
			sub(/.*\//, "", id)
			if (id in apart) next
			# seconds, four digits of microseconds, z, inode
			if (!sub(/z[^z]*$/, "", id)) { if (++short <= 2000) print $2; next }
			seconds = 0
			for (at = 1; at <= length(id) - 4; at++)
				seconds = seconds * 52 + index("0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz", substr(id, at, 1)) - 1
			if (!oldest || seconds < oldest) oldest = seconds
		}
		END { if (oldest) printf "%.0f\n", oldest }'
	)
	{
		echo "$arrived" | grep '^[0-9]'
		# the record of its time: seconds and microseconds
		echo "$arrived" | grep '^/' | xargs -r head -qc 200 2>/dev/null | tr -c '0-9A-Za-z ' '\n' | sed -n 's/^\([0-9]\{9,11\}\) [0-9]\{1,6\}\([^0-9].*\)\{0,1\}$/\1/p'
	} | sort -n | head -n 1
}
