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
	kept) kept_by_sandbox | sed 's/^/id /' ;;
	forget) rm -rf "$sandbox" ;;
	*) exit 64 ;;
	esac
	echo end
}

ids() { sed 's#.*/##' | sort -u; }
# what waiting-mail.sh holds it lets go by itself
held_by_us() { sort -u "$state/waiting/paced" "$state/waiting/kept" "$state/waiting/older" 2>/dev/null; }

begin_it() {
	if [ -d "$sandbox" ]; then
		# it is on, and changes
		kept_by_sandbox >"$sandbox/now"
		mv "$sandbox/now" "$sandbox/kept"
	else
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
