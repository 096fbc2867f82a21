# shellcheck shell=sh disable=SC2154
# Sends one message through this server's sendmail as a user without rights, and follows it in Postfix's own log to
# the provider's reply. Reads on stdin: envelope sender, recipient, Message-ID and the number of the user (empty: who sends
# what WordPress sends), a line each, then the message. Nothing of that user is run or read: no shell, no home, no environment.
# Prints: `no_log`, `forgeable_log`, `no_user`, `submitted EXIT MILLISECONDS UID`, `said TEXT`, `message QUEUE-ID`, `line LOGLINE`,
# `earlier LOGLINE`, `end answered|held|put_off|cached|waiting|silent|gone|unseen`. Which lines are of this message is decided
# here, for those of others stay here. What became of it the reader decides; here only whether to go on waiting.

# how often the log is read: for 40 s
patience=170
# of the newest delivery: see is_put_off and is_cached; or `waiting`, `held` or `unseen`
state_of_message=unseen
queue_id=''

main() {
	IFS= read -r from && IFS= read -r to && IFS= read -r message_id && IFS= read -r as || exit 64
	case $as in *[!0-9]* | 0*) exit 64 ;; esac
	work=$(mktemp -d "$root/run/email-gateway-test.XXXXXX") || exit 73
	trap 'rm -rf "$work"' EXIT
	trap 'exit 129' HUP INT TERM PIPE
	cat >"$work/message"
	find_log
	find_user
	report_earlier_connections
	open_log
	submit
	follow
	report_lines
	echo "end $(last_word)"
}

find_log() {
	maillog=$(postconf -h maillog_file 2>/dev/null)
	[ -n "$maillog" ] || refuse no_log
	maillog=$root$maillog
	if [ -e "$maillog" ] && [ ! -f "$maillog" ]; then refuse no_log; fi
	# with the set-group-id bit postlog(1) writes whatever any user tells it into the log
	[ ! -g "$(command -v postlog)" ] || refuse forgeable_log
}
refuse() {
	echo "$1"
	exit 0
}

# whom somebody chose; else www-data, who sends what WordPress sends; where there is no web server, nobody stands in
find_user() {
	if [ -n "$as" ]; then
		IFS=: read -r user _ uid gid _ <<-END
			$(getent passwd "$as")
		END
		[ "$uid" = "$as" ] || refuse no_user
		return
	fi
	user=www-data
	id -u "$user" >/dev/null 2>&1 || user=nobody
	uid=$(id -u "$user")
	gid=$(id -g "$user")
}

# An encrypted connection that is still open is used again without a word: its certificate was logged before.
report_earlier_connections() {
	tail -c 65536 "$maillog" 2>/dev/null | grep 'TLS connection established to ' | tail -n 5 | sed 's/^/earlier /'
}

# The descriptor keeps the place, by file and not by name: a rotation in between loses nothing.
# Right after one there is no file, until Postfix has something to say.
open_log() {
	if [ -f "$maillog" ]; then exec 3<"$maillog"; else exec 3</dev/null; fi
	inode=$(stat -L -c %i /dev/fd/3)
	tail -c 0 <&3
	: >"$work/log"
}
read_log() {
	cat <&3 >>"$work/log"
	now=$(stat -L -c %i "$maillog" 2>/dev/null) || now=$inode
	if [ "$now" != "$inode" ]; then
		inode=$now
		exec 3<"$maillog"
		cat <&3 >>"$work/log"
	fi
}

submit() {
	cd / || exit 66
	started=$(date +%s%N)
	setpriv --reuid="$uid" --regid="$gid" --clear-groups -- \
		env -i PATH="$PATH" sendmail -i -f "$from" -- "$to" <"$work/message" >"$work/said" 2>&1 3<&-
	code=$?
	echo "submitted $code $((($(date +%s%N) - started) / 1000000)) $uid"
	if [ "$code" -ne 0 ]; then
		head -n 5 "$work/said" | sed 's/^/said /'
		exit 0
	fi
}

# select_lines lines|state: one reading of the log for both questions: which lines tell of the message, and where is it?
# Ours is the first with our Message-ID that was handed over by our user.
select_lines() {
	# Postfix puts quotes around a local part that is no dot-atom: `.dot`, `a..b`
	uid=$uid to=$to quoted=$(printf '"%s"@%s' "${to%@*}" "${to##*@}") message_id=$message_id awk -v mode="$1" "$log_awk"'
	function show(text) { if (mode == "lines") print "line " text }
	!is_postfix() { next }
	service == "pickup" && id != "" && index(said, "uid=" ENVIRON["uid"] " ") == 1 { ours[id] = 1 }
	service == "cleanup" && said ~ /^(milter-)?hold: / { held[id] = $0 }
	id != "" && (service == "pickup" || (service == "smtpd" && index(said, "client=") == 1)) { handed[id] = $0 }
	service == "cleanup" && said == "message-id=<" ENVIRON["message_id"] ">" && (id in handed) && id != message {
		if (message == "" && (id in ours)) {
			message = id
			if (mode == "lines") print "message " id
			show(handed[id])
			if (id in held) {
				show(held[id])
				state = "held"
			}
		} else if (++others <= 5) {
			# whoever else sends our secret Message-ID has read our message
			show(handed[id])
			show($0)
		}
	}
	message == "" { next }
	id == message {
		show($0)
		# a mail filter holds it at its end
		if (id in held && state == "") state = "held"
		if ((is_for(ENVIRON["to"]) || is_for(ENVIRON["quoted"])) && status() != "") {
			answers++
			state = is_cached() ? "cached" : is_put_off() ? "put_off" : "answered"
		}
		next
	}
	# what smtp and tlsproxy say of a connection names no message; what they say of other messages is left out
	id == "" && (service == "smtp" || service == "tlsproxy") && ++context <= 200 { show($0) }
	END { if (mode == "state") print answers + 0, (message == "" ? "unseen -" : (state == "" ? "waiting" : state) " " message) }
	' <"$work/log"
}
look_for_message() {
	read -r answers state_of_message queue_id <<-END
		$(select_lines state)
	END
}

# until it is answered
follow() {
	asked=no
	tries=0
	while [ "$tries" -lt $patience ]; do
		tries=$((tries + 1))
		if [ "$tries" -lt 20 ]; then sleep 0.1; else sleep 0.25; fi
		read_log
		look_for_message
		case $state_of_message in
		answered | held) break ;;
		put_off | cached) ask_provider_now || break ;;
		esac
		# a log that grows by more than this in half a minute is somebody's flood
		[ "$(stat -c %s "$work/log")" -gt 33554432 ] && break
	done
	# sendmail has ended before: where two messages were handed over, both are told of by now
	sleep 0.3
	cat <&3 >>"$work/log"
}

# An earlier message, or an earlier login, met a fault, and Postfix spares the provider for a while: it is asked to try this
# one now. Fails where the answer will be no other: where the provider has several addresses the last word of a new try is
# such a memory, too, as the first address has just refused the login.
ask_provider_now() {
	if [ $asked = yes ]; then
		[ "$state_of_message" = put_off ] || [ "$answers" -le "$answers_before" ]
		return
	fi
	asked=yes
	answers_before=$answers
	[ "$state_of_message" = put_off ] || forget_refused_logins
	postqueue -i "$queue_id" >/dev/null 2>&1
}

report_lines() { select_lines lines; }

last_word() {
	case $state_of_message in
	# without a word of the log, only a message that lies in the queue waits
	waiting) is_queued || { echo gone; return; } ;;
	put_off | cached) ;;
	*) echo "$state_of_message"; return ;;
	esac
	if is_provider_silent; then echo silent; else echo "$state_of_message"; fi
}
is_queued() { [ -n "$(find "$spool/incoming" "$spool/active" "$spool/deferred" "$spool/hold" -name "$queue_id" 2>/dev/null)" ]; }
# Postfix gives a greeting five minutes, as RFC 5321 wants: longer than a person does. Where an earlier message met another
# fault, ours has been put off for that first: it was asked for again, and silence is how things are now.
is_provider_silent() {
	ss -HtnpiO state established 2>/dev/null | awk '
		/users:\(\("smtp",/ && !/ bytes_received:/ && match($0, / lastrcv:[0-9]+/) && substr($0, RSTART + 9, RLENGTH - 9) > 20000 { silent = 1 }
		END { exit !silent }'
}
main
