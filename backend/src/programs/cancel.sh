# shellcheck shell=sh disable=SC2154
# Asks a detached run to stop: before its commit it gives everything back. Standard input: one line, the job id.

main() {
	IFS= read -r job || exit 64
	case $job in *[!A-Za-z0-9-]* | '') exit 64 ;; esac
	[ -d "$state/job.$job" ] && : >"$state/job.$job/cancel"
}
main
