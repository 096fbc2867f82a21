# shellcheck shell=sh disable=SC2154
# Tells which messages in the queue one Unix user handed over: `id ID`, at most so many. Standard input: the number of the
# user, and how many. Changes nothing.
main() {
	IFS=' ' read -r uid most || exit 64
	case $uid$most in '' | *[!0-9]*) exit 64 ;; esac
	messages_in incoming active deferred hold | ids_of "$uid" | head -n "$most" | sed 's/^/id /'
	echo end
}
main
