# shellcheck shell=sh disable=SC2154
# Starts a detached run on this server, or attaches to it where it runs or has ended, and reports its events.
# Standard input: one line `<job id> <bytes> <sha256>`, then that many bytes of payload (see payload.ts).
# Nothing starts before the whole payload has arrived. Cutting this connection ends this reader, not the run.

main() {
	IFS=' ' read -r job bytes digest || exit 64
	case $job$bytes$digest in *[!A-Za-z0-9-]* | '') exit 64 ;; esac
	here=$state/job.$job
	if [ -L "$state" ] || { [ -e "$state" ] && ! is_our_folder "$state"; }; then
		echo 'refused state_folder'
		exit 0
	fi
	follow_if_ended
	if ! take_lock; then
		let_go
		follow_if_ended
		owner=$(owner)
		cat >/dev/null
		[ "$owner" = "$job" ] && follow
		echo "busy $owner"
		exit 0
	fi
	# it may have ended while this waited for its lock: it must not be begun anew
	follow_if_ended
	take_payload
	start_worker
	let_go
	follow
}

follow_if_ended() {
	[ -e "$here/result" ] || return 0
	let_go
	cat >/dev/null
	follow
}

# reads the run's steps until it ends
follow() {
	shown=0
	turns=0
	while :; do
		# each second a word that means nothing: a reader that hears none knows that this server hangs, and a reader that
		# has left ends this program, which would hold its session of sshd
		turns=$((turns + 1))
		[ $((turns % 4)) -ne 0 ] || echo alive || exit 0
		ended=no
		[ -e "$here/result" ] && ended=yes
		show_new_steps
		if [ $ended = yes ]; then
			cat "$here/result"
			exit 0
		fi
		# until the run ends, which frees its lock, and no longer than that: then again what it has told meanwhile.
		# Free and no result: whatever ran has been killed, its children too.
		if is_over_within 0.25 && [ ! -e "$here/result" ]; then
			echo interrupted
			exit 0
		fi
	done
}
show_new_steps() {
	total=$(wc -l 2>/dev/null <"$here/log") || total=0
	if [ "$total" -gt "$shown" ]; then
		sed -n "$((shown + 1)),${total}p" "$here/log"
		shown=$total
	fi
}

# all of it, or none; what an earlier run that was killed has left goes
take_payload() {
	rm -rf "$run"
	rm -f "$state/room"
	mkdir -m 0700 "$run" || exit 66
	head -c "$bytes" >"$run/payload"
	if [ "$(wc -c <"$run/payload")" -ne "$bytes" ] || [ "$(sha256sum <"$run/payload" | cut -c 1-64)" != "$digest" ]; then
		rm -rf "$run"
		echo 'refused incomplete'
		exit 0
	fi
	sed -n 's/^worker //p' "$run/payload" | base64 -d >"$run/worker.sh"
}

start_worker() {
	if ! make_folder; then
		changed=nothing
		! is_half_done || changed=unknown
		rm -rf "$run" "$here/room"
		echo "result failed disk_full $changed"
		exit 0
	fi
	cd "$root/" || exit 66
	setsid sh "$run/worker.sh" "$job" </dev/null >>"$here/output" 2>&1 &
}
# room kept back: on a disk that fills up meanwhile it is still told how it ended
make_folder() {
	mkdir -p "$state" && chmod 0700 "$state" && mkdir -p "$here" && head -c 65536 /dev/zero >"$here/room" &&
		touch "$here" "$here/log" && printf '%s' "$job" >"$state/owner"
}
main
