#!/bin/sh
# Starts a detached run on this server, or attaches to it where it runs or has ended, and tells its events.
# Standard input: one line `<job id> <bytes> <sha256>`, then that many bytes of payload (see payload.ts).
# Nothing starts before the whole payload has arrived. Cutting this connection ends this reader, not the run.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
state=/var/lib/email-gateway
run=/run/email-gateway

IFS=' ' read -r job bytes digest || exit 64
case $job$bytes$digest in *[!A-Za-z0-9-]* | '') exit 64 ;; esac

if [ -L $state ] || { [ -e $state ] && [ "$(stat -c %u:%F $state)" != 0:directory ]; }; then
	echo 'refused state_folder'
	exit 0
fi
mkdir -p $state && chmod 0700 $state || exit 66

follow() {
	log=$state/job.$job/log
	result=$state/job.$job/result
	shown=0
	turns=0
	while :; do
		# each second a word that means nothing: a reader that hears none knows that this server hangs, and a reader that
		# has left ends this program, which would hold its session of sshd
		turns=$((turns + 1))
		[ $((turns % 4)) -ne 0 ] || echo alive || exit 0
		ended=no
		[ -e "$result" ] && ended=yes
		total=$(wc -l 2>/dev/null <"$log") || total=0
		if [ "$total" -gt "$shown" ]; then
			sed -n "$((shown + 1)),${total}p" "$log"
			shown=$total
		fi
		if [ $ended = yes ]; then
			cat "$result"
			exit 0
		fi
		# until the run ends, which frees its lock, and no longer than that: then again what it has told meanwhile.
		# Free and no result: whatever ran has been killed, its children too.
		if flock -w 0.25 $state/lock true && [ ! -e "$result" ]; then
			echo interrupted
			exit 0
		fi
	done
}

tell_if_ended() {
	[ -e "$state/job.$job/result" ] || return 0
	exec 9>&-
	cat >/dev/null
	follow
}

exec 9>>$state/lock
tell_if_ended
if ! flock -w 2 9; then
	tell_if_ended
	exec 9>&-
	owner=$(head -c 64 $state/owner 2>/dev/null)
	cat >/dev/null
	[ "$owner" = "$job" ] && follow
	echo "busy $owner"
	exit 0
fi

# it may have ended while this waited for its lock: it must not be begun anew
tell_if_ended
# facts.sh may have put the folder away meanwhile: a lock on that one would hold nobody off
if [ "$(stat -L -c %d:%i /proc/self/fd/9)" != "$(stat -c %d:%i $state/lock 2>&1)" ]; then
	cat >/dev/null
	echo interrupted
	exit 0
fi

rm -rf $run
mkdir -m 0700 $run || exit 66
head -c "$bytes" >$run/payload
if [ "$(wc -c <$run/payload)" -ne "$bytes" ] || [ "$(sha256sum <$run/payload | cut -c 1-64)" != "$digest" ]; then
	rm -rf $run
	echo 'refused incomplete'
	exit 0
fi
sed -n 's/^worker //p' $run/payload | base64 -d >$run/worker.sh
mkdir -p "$state/job.$job"
# room kept back: on a disk that fills up meanwhile it is still told how it ended
if ! head -c 65536 /dev/zero >"$state/job.$job/room" || ! touch "$state/job.$job" "$state/job.$job/log" || ! printf '%s' "$job" >$state/owner; then
	changed=nothing
	if [ -d $state/undo ] || [ -e $state/removing ]; then changed=unknown; fi
	rm -rf $run "$state/job.$job/room"
	echo "result failed disk_full $changed"
	exit 0
fi
cd / || exit 66
setsid sh $run/worker.sh "$job" </dev/null >>"$state/job.$job/output" 2>&1 &
exec 9>&-
follow
