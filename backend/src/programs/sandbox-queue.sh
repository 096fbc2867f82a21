# shellcheck shell=sh disable=SC2154
# Remembers which messages a sandbox keeps, and tells them: `id ID`. Standard input: what.
# - begin: before the configuration changes. What is in the queue now has recipients of its own
# - queued KIND: after it. Tells what was in the queue and is not held by somebody: the reader holds it
# - kept: tells what the sandbox keeps
# - forget
# Ends with `end`.
main() {
	IFS=' ' read -r action kind || exit 64
	case $action in
	begin) begin_it ;;
	queued) queued_before ;;
	kept)
		settle_before
		kept_by_sandbox | sed 's/^/id /'
		;;
	forget) rm -rf "$sandbox" ;;
	*) exit 64 ;;
	esac
	echo end
}

ids() { sed 's#.*/##' | sort -u; }
# what waiting-mail.sh holds it lets go by itself
held_by_us() { sort -u "$state/waiting/paced" "$state/waiting/kept" "$state/waiting/older" 2>/dev/null; }

# what somebody had held and has let go of since then only the sandbox keeps: it is no longer theirs
settle_before() {
	[ -d "$sandbox" ] || return 0
	messages_in hold | ids >"$sandbox/held"
	comm -23 "$sandbox/before" "$sandbox/held" >>"$sandbox/kept"
	comm -12 "$sandbox/before" "$sandbox/held" >"$sandbox/now"
	mv "$sandbox/now" "$sandbox/before"
	rm -f "$sandbox/held"
}

begin_it() {
	if [ -e "$sandbox/kind" ]; then
		# it is on, and changes
		settle_before
		kept_by_sandbox >"$sandbox/now"
		mv "$sandbox/now" "$sandbox/kept"
	else
		# of a turning on that was rolled back
		rm -rf "$sandbox"
		mkdir -m 700 "$sandbox" || exit 73
		held_by_us >"$sandbox/ours"
		messages_in hold | ids | comm -23 - "$sandbox/ours" >"$sandbox/before"
		: >"$sandbox/kept"
	fi
	messages_in incoming active deferred hold | ids | comm -23 - "$sandbox/before" >"$sandbox/queued"
}

queued_before() {
	case $kind in redirect | hold | drop) ;; *) exit 64 ;; esac
	echo "$kind" >"$sandbox/kind"
	held_by_us >"$sandbox/ours"
	{
		messages_in incoming active deferred
		messages_in hold | ids | comm -12 - "$sandbox/ours"
	} | ids | comm -12 - "$sandbox/queued" | tee -a "$sandbox/kept" | sed 's/^/id /'
}
main
