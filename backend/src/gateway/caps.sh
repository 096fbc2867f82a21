#!/bin/sh
# caps:@caps@
# paced:@paced@
# Email Gateway: keeps each Unix user within what it may send (line 2: UID:HOUR:DAY:SHARE, `*` every other, `-` no limit).
# Run by systemd for as long as the server runs; it needs nothing but this server. Every two seconds it reads what Postfix
# has written into its log since, and counts recipients:
# - What is above the hour's or the day's cap is held for a person, and so is all that follows until the next full hour or
#   day begins (UTC). So is the mail of a user of whose mail too large a share is refused within an hour.
# - A user with more on its way than the provider takes in some seconds is held at the door, too, and let go at that pace:
#   so the mail of others does not wait behind it. Only what this program has held is let go by it.
# Who is held at the door stands in two tables, one for sendmail (header_checks) and one for SMTP (email-gateway-submitter).
set -u
umask 022
root=${EMAIL_GATEWAY_ROOT:-}
PATH=$root/bin:/usr/sbin:/usr/bin:/sbin
LC_ALL=C
export PATH LC_ALL
spool=$root/var/spool/postfix
log=$root/var/log/email-gateway/mail.log
state=$root/var/lib/email-gateway-caps
# of the log, at once
most=8388608

# the bytes of the log that follow on those that were read: of the file that was rotated meanwhile first
read_log() {
	inode=$(stat -c %i "$log" 2>/dev/null) || inode=0
	IFS=' ' read -r word file at <"$state/state" 2>/dev/null || word=''
	# nothing is known of what was sent before
	[ "$word" = at ] || { file=$inode at=$(stat -c %s "$log" 2>/dev/null || echo 0); }
	from=$log
	if [ "$file" != "$inode" ]; then
		from=$(find "${log%/*}" -maxdepth 1 -inum "$file" -name 'mail.log*' ! -name '*.gz' 2>/dev/null | head -n 1)
		if [ -z "$from" ] || [ "$(stat -c %s "$from")" -le "$at" ]; then file=$inode at=0 from=$log; fi
	fi
	[ "$(stat -c %s "$from" 2>/dev/null || echo 0)" -gt "$at" ] || return 1
	tail -c "+$((at + 1))" "$from" | head -c "$most" >"$work/piece"
}

# whom a person has paused: their mail is nobody's to let go
paused() { sed -n '2s/^# paused://p' "$root/usr/local/sbin/email-gateway-submitter" 2>/dev/null | sed 's/:[a-z]*//g'; }

# What is known is kept in `state`, a line each:
#   at INODE BYTE · u UID HOUR LET ACCEPTED REFUSED DAY LET PACE SLOW KIND SINCE HELD FIRST LAST-KIND · m ID UID RECIPIENTS STATE SINCE
# STATE of a message: new (not in the queue yet) · way · turn (held, and let go in its turn) · gone (let go just now) ·
# later (the provider said so) · stopped (held for a person just now; it may have been on its way out)
count() {
	# a line that is not whole yet is read the next time
	printf '\001\n' >>"$work/piece"
	: >"$work/hold"
	: >"$work/release"
	awk -v now="$1" -v caps="$2" -v paused="$3" -v file="$file" -v at="$at" -v may_release="$4" -v paced="$paced" \
		-v owner="$owner" -v hold="$work/hold" -v release="$work/release" -v door="$work/door" '@count@' reading=1 "$state/state" reading=2 "$work/piece" >"$work/state"
}

# put FILE: what is piped in, in one moment
put() { cat >"$1.new" && mv "$1.new" "$1"; }
# the process of the queue manager of this Postfix
queue_manager() {
	master=$(tr -d ' ' 2>/dev/null <"$spool/pid/master.pid")
	cat "$root"/proc/[0-9]*/stat 2>/dev/null | awk -v master="$master" '$2 == "(qmgr)" && $4 == master { print $1 }'
}

# Who is held at the door is refused for now where so much is held that the disk would fill, and where so much of theirs waits
# for pickup(8) that what others hand to sendmail would wait behind it: sendmail exits with 75, and mail() of PHP says false.
most_held=20000
most_waiting=50
put_off() {
	held=$(find "$spool/hold" -type f 2>/dev/null | wc -l)
	tr ' ' '\n' <"$work/door" | grep . | while IFS= read -r uid; do
		waiting=$(find "$spool/maildrop" -type f -user "$uid" 2>/dev/null | wc -l)
		if [ "$held" -gt $most_held ] || [ "$waiting" -gt $most_waiting ]; then
			getent passwd "$uid" | sed -n 's/^\([^:]*\):.*/\1 over/p'
		fi
	done >"$work/put-off"
	cmp -s "$work/put-off" "$state/put-off" || put "$state/put-off" <"$work/put-off"
}

# who is held at the door, for cleanup(8) and for the policy service
change_door() {
	tr ' ' '\n' <"$work/door" | while IFS= read -r uid; do
		[ -z "$uid" ] || echo "/^Received: by [^ ]+ \\(Postfix, from userid $uid\\)/ HOLD held by its cap"
	done | put "$state/header_checks"
	put "$state/at-door" <"$work/door"
}

look() {
	[ -e "$root/var/lib/email-gateway/marker" ] || return 0
	# while the gateway is changed the queue is not touched
	flock -n -s "$root/run/email-gateway.lock" true || return 0
	work=$state/work
	rm -rf "$work"
	mkdir "$work" || return 0
	[ -f "$state/state" ] || : >"$state/state"
	[ -f "$state/header_checks" ] || : | put "$state/header_checks"
	[ -f "$state/at-door" ] || echo ' ' | put "$state/at-door"
	[ -f "$state/put-off" ] || : | put "$state/put-off"
	door=$(cat "$state/at-door")
	if ! read_log; then
		[ "$door" != ' ' ] || [ ! -s "$state/state" ] || return 0
		: >"$work/piece"
	fi
	# a queue manager that is older than what was held last may still know of it, and would deliver it twice
	may_release=no
	manager=$(queue_manager)
	if [ -n "$manager" ] && [ "$manager" != "$(cat "$state/held-from" 2>/dev/null)" ]; then may_release=yes; fi
	count "$(date +%s)" "$caps" "$(paused)" "$may_release" || return 0
	is_changed=no
	[ "$(cat "$work/door")" = "$door" ] || { change_door; is_changed=yes; }
	put_off
	if [ -s "$work/hold" ]; then
		postsuper -h - <"$work/hold" 2>/dev/null
		echo "$manager" | put "$state/held-from"
		is_changed=yes
	fi
	[ $is_changed = no ] || postfix reload 2>/dev/null
	if [ -s "$work/release" ]; then
		postsuper -H - <"$work/release" 2>/dev/null
		# what is due of the deferred queue, without another try of what failed
		postkick public qmgr D
	fi
	# last: what was cut off is done again
	mv "$work/state" "$state/state"
}

# resume UID: a person lets a user send again, and counts anew
resume() {
	awk -v uid="$1" '$1 == "u" && $2 == uid { $4 = $5 = $6 = $8 = $12 = $13 = 0; $11 = $14 = $15 = "-" } { print }' "$state/state" |
		put "$state/state"
}

mkdir -p "$state" || exit 73
caps=$(sed -n '2s/^# caps://p' "$0")
paced=$(sed -n '3s/^# paced://p' "$0")
owner=$(id -u postfix 2>/dev/null)
exec 8>"$state/lock"
case ${1:-} in
resume)
	flock 8
	resume "$2"
	;;
once)
	flock 8
	look
	;;
*)
	# systemd restarts what ends; cron starts it each minute, and each ends before the next
	rounds=${1:--1}
	while [ "$rounds" -ne 0 ]; do
		flock 8
		look
		flock -u 8
		rounds=$((rounds - 1))
		sleep 2
	done
	;;
esac
