# shellcheck shell=sh disable=SC2154
# Removes what runs have left behind, where none goes on: see has_leftovers.

main() {
	take_lock || exit 0
	if [ -e "$state" ] || [ -L "$state" ]; then is_our_folder "$state" || exit 0; fi
	rm -rf "$run" "$state/room"
	! is_state_over || rm -rf "$state"
}
main
