# shellcheck shell=sh disable=SC2154
# Whether Postfix runs, starts with the server, and where it listens. Changes nothing.

has_systemd() { [ -d "$root/run/systemd/system" ]; }

# The process of Postfix's master; nothing where it does not run. Not `postfix status`, which would add a line to the
# mail log each time.
master_process() {
	master=$(tr -d ' ' 2>/dev/null <"$spool/pid/master.pid") && [ -n "$master" ] &&
		[ "$(cat "$root/proc/$master/comm" 2>/dev/null)" = master ] && echo "$master"
}
is_running() { master_process >/dev/null; }

is_enabled() {
	if has_systemd; then
		systemctl -q is-enabled postfix 2>/dev/null
	else
		ls "$root"/etc/rc2.d/S*postfix >/dev/null 2>&1
	fi
}

# Units of Postfix that somebody has masked, `UNIT /etc|/run`. The second is what Debian 12 really starts.
masked_units() {
	for unit in postfix.service postfix@-.service postfix@.service; do
		for where in /etc /run; do
			[ "$(readlink "$root$where/systemd/system/$unit")" != /dev/null ] || echo "$unit $where"
		done
	done
}

# sockets: those that listen (state 0A), addresses and ports in hexadecimal: `listens ADDRESS PORT` those of Postfix,
# `port25 ADDRESS INODE` those of others on its port
sockets() {
	own=$(find "$root/proc/$(master_process)/fd" -lname 'socket:*' -printf '%l ' 2>/dev/null)
	cat "$root/proc/net/tcp" "$root/proc/net/tcp6" 2>/dev/null | awk -v own=" $own" '$4 == "0A" {
		split($2, at, ":")
		if (index(own, " socket:[" $10 "] ")) print "listens", at[1], at[2]
		else if (at[2] == "0019") print "port25", at[1], $10
	}' | sort -u
}
