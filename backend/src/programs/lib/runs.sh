# shellcheck shell=sh disable=SC2154
# The runs of this server: which was the last, whether one was cut off, what they have left behind. Changes nothing.

is_our_folder() { [ -d "$1" ] && [ ! -L "$1" ] && [ "$(stat -c %u "$1")" = "$(id -u)" ]; }

# who holds the lock, or held it last
owner() { head -c 64 "$state/owner" 2>/dev/null; }
last_job() { find "$state" -maxdepth 1 -name 'job.*' -type d -printf '%T@ %f\n' 2>/dev/null | sort -n | sed -n '$s/^[^ ]* job\.//p'; }

# a change that neither ended nor was given back
is_half_done() { [ -d "$state/undo" ] || [ -e "$state/removing" ]; }

# Whether all of our state may go: there is no gateway, and nobody asks any more how a run has ended.
is_state_over() {
	[ -d "$state" ] && [ ! -e "$state/marker" ] && [ ! -d "$state/origin" ] && ! is_half_done &&
		[ -z "$(find "$state" -maxdepth 1 -name 'job.*' -mmin -1440 2>/dev/null)" ]
}
# What a run that was killed leaves: its payload, and the room that it kept back. To be asked while no run goes on.
has_leftovers() { [ -d "$run" ] || [ -e "$state/room" ] || is_state_over; }
