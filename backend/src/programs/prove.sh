#!/bin/sh
# Sends one message through this server's sendmail as a user without rights, and follows it in Postfix's own log to
# the provider's reply. Reads on stdin: envelope sender, recipient and Message-ID, a line each, then the message.
# Prints: `no_log`, `forgeable_log`, `submitted EXIT MILLISECONDS UID`, `said TEXT`, `line LOGLINE`, `earlier LOGLINE`,
# `end found|suspended|waiting|silent|gone|unseen`. Nothing here decides what became of the message: the reader does.
set -u

IFS= read -r from && IFS= read -r to && IFS= read -r message_id || exit 64
work=$(mktemp -d /run/email-gateway-test.XXXXXX) || exit 73
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP INT TERM PIPE
cat >"$work/message"

log=$(postconf -h maillog_file 2>/dev/null)
if [ -z "$log" ] || { [ -e "$log" ] && [ ! -f "$log" ]; }; then
	echo no_log
	exit 0
fi
# with the set-group-id bit postlog(1) writes whatever any user tells it into the log
if [ -g "$(command -v postlog)" ]; then
	echo forgeable_log
	exit 0
fi

# www-data sends what WordPress sends; where there is no web server, nobody stands in
user=www-data
id -u "$user" >/dev/null 2>&1 || user=nobody
uid=$(id -u "$user")

# An encrypted connection that is still open is used again without a word: its certificate was logged before.
tail -c 65536 "$log" 2>/dev/null | grep 'TLS connection established to ' | tail -n 5 | sed 's/^/earlier /'

# The descriptor keeps the place, by file and not by name: a rotation in between loses nothing.
# Right after one there is no file, until Postfix has something to say.
if [ -f "$log" ]; then exec 3<"$log"; else exec 3</dev/null; fi
inode=$(stat -L -c %i /dev/fd/3)
tail -c 0 <&3
: >"$work/log"

started=$(date +%s%N)
setpriv --reuid="$uid" --regid="$(id -g "$user")" --clear-groups -- \
	sendmail -i -f "$from" -- "$to" <"$work/message" >"$work/said" 2>&1 3<&-
code=$?
echo "submitted $code $((($(date +%s%N) - started) / 1000000)) $uid"
if [ "$code" -ne 0 ]; then
	head -n 5 "$work/said" | sed 's/^/said /'
	exit 0
fi

# One reading of the log for both questions: where is the message (state), and which lines tell of it (lines)?
cat >"$work/awk" <<'AWK'
# long queue ids have no vowels, short ones are hexadecimal: "warning: " is none
function is_id(id) { return length(id) > 5 && (id ~ /^[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]+$/ || id ~ /^[0-9A-F]+$/) }
function is_to(address) { return index(rest, "to=<" address ">, ") == 1 || index(rest, "orig_to=<" address ">, ") > 0 }
{
	if (!match($0, /^[^\[]* postfix[^ \[]*\/[a-z]+\[[0-9]+\]: /)) next
	text = substr($0, RLENGTH + 1)
	service = substr($0, 1, RLENGTH)
	sub(/\[[0-9]+\]: $/, "", service)
	sub(/^.*\//, "", service)
	id = substr(text, 1, index(text, ": ") - 1)
	if (!is_id(id)) id = ""
	rest = id == "" ? text : substr(text, length(id) + 3)
	if (service == "pickup" && id != "" && index(rest, "uid=" ENVIRON["uid"] " ") == 1) ours[id] = 1
	if (id != "" && (service == "pickup" || (service == "smtpd" && index(rest, "client=") == 1))) handed[id] = $0
	if (service == "cleanup" && rest == "message-id=<" ENVIRON["message_id"] ">" && (id in handed) && id != qid) {
		if (qid == "" && (id in ours)) {
			qid = id
			if (mode == "lines") print "line " handed[id]
		} else if (mode == "lines" && ++others <= 5) {
			# whoever else sends our secret Message-ID has read our message
			print "line " handed[id]
			print "line " $0
		}
	}
	if (qid != "" && id == qid) {
		if (mode == "lines") print "line " $0
		is_recipient = is_to(ENVIRON["to"]) || is_to(ENVIRON["quoted"])
		if (is_recipient && index(rest, " status=") > 0) {
			answers++
			end = "found"
			if (index(rest, "(delivery temporarily suspended: ") > 0) end = "suspended"
			if (rest ~ /status=deferred \((delivery temporarily suspended: )?SASL (\[CACHED\] )?auth/) end = "refused_before"
			if (rest ~ /status=deferred \(SASL auth/) end = "found"
		}
		next
	}
	# what smtp and tlsproxy say of a connection names no message; what they say of other messages is left out
	if (mode == "lines" && qid != "" && (service == "smtp" || service == "tlsproxy") && id == "" && ++context <= 200)
		print "line " $0
}
END {
	if (mode == "answers") print answers + 0
	if (mode == "state") print (qid == "" ? "-" : qid), (end == "" ? (qid == "" ? "unseen" : "waiting") : end)
}
AWK
# Postfix puts quotes around a local part that is no dot-atom: `.dot`, `a..b`
quoted=$(printf '"%s"@%s' "${to%@*}" "${to##*@}")
export uid to quoted message_id
follow() {
	awk -v mode="$1" -f "$work/awk" <"$work/log"
}

pushed=no
answered=0
state='- unseen'
tries=0
while [ "$tries" -lt 170 ]; do
	tries=$((tries + 1))
	if [ "$tries" -lt 20 ]; then sleep 0.1; else sleep 0.25; fi
	cat <&3 >>"$work/log"
	now=$(stat -L -c %i "$log" 2>/dev/null) || now=$inode
	if [ "$now" != "$inode" ]; then
		inode=$now
		exec 3<"$log"
		cat <&3 >>"$work/log"
	fi
	state=$(follow state)
	case ${state#* } in
	found) break ;;
	refused_before)
		# A password that was refused is not tried again for a while. Somebody asks now: it may be right again. Where the
		# provider has several addresses the last word is such a memory, too: the first one has just refused it.
		if [ "$pushed" = yes ]; then
			[ "$(follow answers)" -gt "$answered" ] && break
			continue
		fi
		pushed=yes
		answered=$(follow answers)
		rm -f /var/lib/postfix/email_gateway_logins.*
		postfix reload >/dev/null 2>&1 && sleep 1
		postqueue -i "${state% *}" >/dev/null 2>&1 || break
		;;
	suspended)
		# An earlier message met a fault, and Postfix spares the provider for a while. Ask it to try this one now.
		[ "$pushed" = yes ] && continue
		pushed=yes
		postqueue -i "${state% *}" >/dev/null 2>&1 || break
		;;
	esac
	# a log that grows by more than this in half a minute is somebody's flood
	[ "$(stat -c %s "$work/log")" -gt 33554432 ] && break
done
# sendmail has ended before: where two messages were handed over, both are told of by now
sleep 0.3
cat <&3 >>"$work/log"
follow lines
# without a word of the log, only a message that lies in the queue waits
if [ "${state#* }" = waiting ] && [ -z "$(find /var/spool/postfix/incoming /var/spool/postfix/active /var/spool/postfix/deferred \
	/var/spool/postfix/hold -name "${state% *}" 2>/dev/null)" ]; then
	state='- gone'
fi
# Postfix gives a greeting five minutes, as RFC 5321 wants: longer than a person does. Where an earlier message met another
# fault, ours has been put off for that first: it was asked for again, and silence is how things are now.
case ${state#* } in
waiting | suspended | refused_before)
	if ss -HtnpiO state established 2>/dev/null | awk '
		/users:\(\("smtp",/ && !/ bytes_received:/ && match($0, / lastrcv:[0-9]+/) && substr($0, RSTART + 9, RLENGTH - 9) > 20000 { silent = 1 }
		END { exit !silent }'; then
		state='- silent'
	fi
	;;
esac
echo "end ${state#* }"
