#!/bin/sh
# Email Gateway: looks after mail that waits. Run once a minute; it needs nothing but this server.
# - An outage is over, or a login is right again: what it stopped is tried at once, for Postfix itself would wait eleven
#   minutes, and with older mail for half an hour.
# - Many messages that the provider refuses for a reason that somebody can mend (an account, a sender), for good or for
#   now, are put on hold and let go one a minute, so that they do not storm the provider; once one is accepted the
#   others follow.
# - What still waits for a person a day before the end of its time in the queue is put on hold for that person.
# - A notice (MAIL FROM:<>) that the provider refuses is not tried again.
# - Closed side doors whose table somebody took away (gateway/doors.sh) are closed again.
# - The mail log is rotated at 50 MiB, however fast a site fills it: logrotate itself is started once a day.
# Messages that somebody else holds are left alone.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
spool=/var/spool/postfix
state=/var/lib/email-gateway/waiting
# a day less than maximal_queue_lifetime
hold_after=604800
# fewer than these cannot make more than 60 tries an hour by themselves
paced_from=10
# minimal_backoff_time: a login that was refused is not tried again before
login_pause=660

[ -e /var/lib/email-gateway/marker ] || exit 0
[ ! -f /usr/local/sbin/email-gateway-doors ] || sh /usr/local/sbin/email-gateway-doors again
# the maxsize that logrotate acts on
[ "$(stat -c %s /var/log/email-gateway/mail.log 2>/dev/null || echo 0)" -le 52428800 ] || logrotate /etc/logrotate.d/email-gateway
if [ -z "$(find $spool/deferred -type f -print -quit 2>/dev/null)" ] && [ ! -s $state/paced ]; then
	# what has left tells nothing of the next time, which begins with one
	rm -f $state/batch $state/released
	exit 0
fi
# while the gateway is changed the queue is not touched
flock -n -s /run/email-gateway.lock true || exit 0
mkdir -p $state || exit 73
exec 8>$state/lock
flock -n 8 || exit 0
work=$state/work
rm -rf $work
mkdir $work || exit 73
for list in paced kept released stopped; do [ -e $state/$list ] || : >$state/$list; done

# One line a message: ID QUEUE ARRIVAL KIND TRIED. Inside of a JSON text quotes are escaped, so no address and no reply
# can look like a key. TRIED is 0 where it was only put beside others that were refused.
look_at_queue() {
	postqueue -j 2>/dev/null | awk '
	match($0, /^\{"queue_name": "[a-z]+", "queue_id": "[0-9A-Za-z]+", "arrival_time": [0-9]+, /) {
		split(substr($0, 1, RLENGTH), head, /[" ,:{}]+/)
		queue = head[3]; id = head[5]; arrival = head[7]
		kind = "other"; tried = 0
		parts = split($0, reason, /"delay_reason": "/)
		for (at = 2; at <= parts; at++) {
			text = reason[at]
			if (!sub(/^delivery temporarily suspended: /, "", text) && text !~ /^SASL \[CACHED\]/) tried = 1
			if (text ~ /^SASL /) found = "login"
			else if (text ~ /^host [^ ]+ (said|refused to talk to me): 5[0-9][0-9][- ]/) found = "refused"
			else if (text ~ /^host [^ ]+ said: 4[0-9][0-9][- ](4\.[12]\.|.*in reply to RCPT TO command)/) found = "recipient"
			else if (text ~ /^host [^ ]+ said: 4[0-9][0-9][- ]/) found = "refused"
			else if (text ~ /^(connect to|lost connection with|conversation with|Host or domain name not found|unable to look up) /) found = "network"
			else found = "other"
			if (rank[found] > rank[kind]) kind = found
		}
		if (index($0, "\"sender\": \"MAILER-DAEMON\"") > 0) kind = ($0 ~ /"delay_reason": "host [^ ]+ said: 5[0-9][0-9][- ]/) ? "refused_notice" : "notice"
		print id, queue, arrival, kind, tried
	}
	BEGIN { rank["other"] = 0; rank["recipient"] = 1; rank["network"] = 2; rank["refused"] = 3; rank["login"] = 4 }'
}
look_at_queue >$work/queue
now=$(date +%s)
of() { awk -v queue="$1" -v kind="$2" '$2 == queue && $4 == kind { print $1 }' $work/queue; }
ids_on_hold() { awk '$2 == "hold" { print $1 }' $work/queue | sort; }
keep_those() { sort $state/"$1" | comm -12 - "$2" >$work/list && mv $work/list $state/"$1"; }

of deferred refused_notice | postsuper -d - 2>/dev/null

# what somebody let go or deleted meanwhile is no longer ours
ids_on_hold >$work/hold
keep_those paced $work/hold
keep_those kept $work/hold

# near the end of its time: held for a person, whatever it waits for, but for a recipient who cannot be reached
awk -v before=$((now - hold_after)) '$2 == "deferred" && $3 < before && $4 !~ /^(recipient|notice|refused_notice)$/ { print $1 }' $work/queue | sort >$work/old
if [ -s $work/old ]; then
	cat $work/old >>$state/kept
	postsuper -h - <$work/old 2>/dev/null
fi
awk -v before=$((now - hold_after)) '$3 < before { print $1 }' $work/queue | sort >$work/aged
sort $state/paced | comm -12 - $work/aged >>$state/kept
sort $state/paced | comm -23 - $work/aged >$work/list && mv $work/list $state/paced

# what became of those that were let go last time
awk '{ print $1 }' $work/queue | sort >$work/all
passed=$(sort $state/released | comm -23 - $work/all | wc -l)
of deferred refused | sort | comm -23 - $work/old >$work/refused
# one look at a folder for all of them: with a thousand messages a process for each takes longer than a minute
find $spool/deferred -type f -printf '%T@ %f\n' 2>/dev/null | awk -v now="$now" 'int($1) <= now { print $2 }' | sort >$work/due
sort $state/released | comm -12 - $work/due >$work/untried
failed=$(sort $state/released | comm -23 - $work/due | comm -12 - $work/refused | wc -l)

# too many for their own pace: all that have been tried are held
comm -23 $work/refused $work/untried >$work/tried
if [ $(($(wc -l <$work/refused) + $(wc -l <$state/paced))) -gt $paced_from ]; then
	if [ -s $work/tried ]; then
		cat $work/tried >>$state/paced
		postsuper -h - <$work/tried 2>/dev/null
	fi
	batch=$(cat $state/batch 2>/dev/null)
	batch=${batch:-1}
	if [ "$failed" -gt 0 ]; then batch=1; elif [ "$passed" -gt 0 ]; then batch=$((batch * 4)); fi
	[ "$batch" -le 1000 ] || batch=1000
	echo "$batch" >$state/batch
else
	# the next time begins with one
	rm -f $state/batch
	batch=1000
fi

# What the newest try has met tells how things are: `TRIED TIME KIND`. The defer log is written at the end of each.
find $spool/defer -type f -printf '%T@ %f\n' 2>/dev/null >$work/times
# shellcheck disable=SC2046 # three words
set -- $(awk -v now="$now" 'FILENAME ~ /times$/ { at[$2] = int($1); next }
	$2 == "deferred" && $4 ~ /^(login|network|refused|recipient)$/ { print $5, ($1 in at ? at[$1] : now), $4 }' $work/times $work/queue |
	sort -k1,1n -k2,2n -k3,3r | tail -n 1)
newest_at=${2:-0}
newest=${3:-none}
# something that a login or an outage had stopped has left since
recovered=no
if [ -n "$(sort $state/stopped | comm -23 - $work/all)" ] && [ "$newest_at" -lt "$(stat -c %Y $state/stopped)" ]; then recovered=yes; fi
login=accepted
if [ "$newest" = login ] && [ $recovered = no ]; then login=refused; fi

# They are tried within the 30 s of queue_run_delay. `postqueue -i` for each would make Postfix forget each time that a
# login was refused, and try it again.
make_due() {
	find $spool/deferred -type f 2>/dev/null | awk -F/ 'NR == FNR { due[$0]; next } $NF in due' "$1" - | xargs -r touch -c
}

: >$state/released
# a login that is refused stops everything: nothing is let go into it
if [ -s $state/paced ] && [ ! -s $work/untried ] && [ $login = accepted ]; then
	# those first whose next try is longest due; one that is not due yet only where the provider accepts again
	find $spool/hold -type f -printf '%T@ %f\n' 2>/dev/null |
		awk 'NR == FNR { paced[$1]; next } $2 in paced { print int($1), $2 }' $state/paced - | sort -n | awk -v now="$now" -v batch="$batch" 'batch > 1 || $1 <= now { print $2 }' | head -n "$batch" >$work/next
	if [ -s $work/next ]; then
		postsuper -H - <$work/next 2>/dev/null
		sort $work/next >$work/sorted
		sort $state/paced | comm -23 - $work/sorted >$work/list && mv $work/list $state/paced
		cp $work/next $state/released
		make_due $work/next
		postqueue -i "$(head -n 1 $work/next)" 2>/dev/null
	fi
else
	cat $work/untried >$state/released
fi

# what an outage or a login has stopped: one finds out whether it is over, the others follow
{
	of deferred network
	of deferred login
} >$work/stopped
if [ -s $work/stopped ]; then
	if [ $recovered = yes ]; then
		make_due $work/stopped
	elif [ "$newest" != login ] || { [ $((now - newest_at)) -ge $login_pause ] && [ -z "$(find $spool/active -type f -print -quit)" ]; }; then
		first=$(head -n 1 $work/stopped)
		postqueue -i "$first" 2>/dev/null
		ticks=0
		while [ $ticks -lt 20 ] && sleep 0.5; do
			ticks=$((ticks + 1))
			# it goes from one to another of these; seen in none it has left, the next look tells otherwise
			[ -n "$(find $spool/incoming $spool/active $spool/deferred -type f -name "$first" -print -quit 2>/dev/null)" ] && continue
			make_due $work/stopped
			break
		done
	fi
fi
sort $state/stopped | comm -12 - $work/all | cat - $work/stopped | sort -u >$work/list && mv $work/list $state/stopped
rm -rf $work
exit 0
