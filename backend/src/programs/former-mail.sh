# shellcheck shell=sh disable=SC2154
# Hands what waits in the queue of a former mail system to Postfix. Standard input: for how many seconds to go on, then the
# program that does it (former-queues.pl, former-mail.pl). perl-base is on every Debian.

main() {
	IFS= read -r seconds || exit 64
	case $seconds in '' | *[!0-9]*) exit 64 ;; esac
	[ -e "$state/marker" ] || exit 65
	exec 8>"$state/former.lock"
	flock -w 30 8 || exit 75
	exec perl - "$seconds"
}
main
