# shellcheck shell=sh disable=SC2154
# Which messages of the queue a sandbox keeps. Changes nothing.

# ids in lists of files: kept, those that were in the queue when it was turned on; before, those that were held then
sandbox=$state/sandbox

# Those that its turning on held, those that its wall has stopped since, and while it holds all, what is held since. Not
# what was held before, and not what a pause holds.
kept_by_sandbox() {
	[ -d "$sandbox" ] || return 0
	# shellcheck disable=SC2046 # numbers
	set -- $(paused_users | sed 's/:[a-z]*//g')
	{
		sed 's/^/kept /' "$sandbox/kept" 2>/dev/null
		sed 's/^/not /' "$sandbox/before" 2>/dev/null
		stopped_by_wall | sed 's/^/kept /'
		[ "$(cat "$sandbox/kind" 2>/dev/null)" != hold ] || messages_in hold | sed 's#.*/#kept #'
		[ $# -eq 0 ] || messages_in incoming active deferred hold | ids_of "$@" | sed 's/^/not /'
		messages_in incoming active deferred hold | sed 's#.*/#queued #'
	} | awk '
		{ of[$1, $2] }
		$1 == "kept" { kept[$2] }
		END { for (id in kept) if ((("queued", id) in of) && !(("not", id) in of)) print id }'
}

# Inside of a JSON text quotes are escaped, so no address and no reply can look like this.
stopped_by_wall() {
	timeout 20 postqueue -j 2>/dev/null | awk '
		match($0, /^\{"queue_name": "[a-z]+", "queue_id": "[0-9A-Za-z]+"/) && index($0, "\"delay_reason\": \"kept by the sandbox of Email Gateway\"") {
			split(substr($0, 1, RLENGTH), head, /[" ,:{}]+/)
			print head[5]
		}'
}
