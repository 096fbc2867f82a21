# shellcheck shell=sh disable=SC2154
# Mail that waits is never lost with Postfix: it is copied out of the spool.

# the folder with the mail that this run has taken out; empty where there was none
saved_queue=''

# Sets $saved_queue once all of it is on the disk. One folder a run: a second call adds to it what was submitted
# meanwhile, so that the place that is told holds everything.
save_queue() {
	[ "$(queue_size)" -gt 0 ] || return 0
	place=$saved_queue
	if [ -z "$place" ]; then
		place=$state-saved-queue-$(date -u +%Y%m%dT%H%M%SZ)
		mkdir -m 0700 "$place" "$place/messages" || return 1
		[ ! -e "$state/removing" ] || printf '%s\n' "$place" >"$state/removing"
	fi
	for folder_of_queue in maildrop incoming active deferred hold defer; do
		copy_aside "/var/spool/postfix/$folder_of_queue" "$place" || return 1
	done
	queue_files | while IFS= read -r file; do
		postcat -e "$file" >"$place/messages/${file##*/}.envelope" 2>/dev/null
		postcat -bh "$file" >"$place/messages/${file##*/}.eml" 2>/dev/null
	done
	sync -f "$place" || return 1
	saved_queue=$place
}
