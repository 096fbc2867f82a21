# shellcheck shell=sh disable=SC2154
# The runs of this server: which was the last, whether one goes on, whether one was cut off. Changes nothing.

is_root_folder() { [ -d "$1" ] && [ ! -L "$1" ] && [ "$(stat -c %u "$1")" = "$(id -u)" ]; }

is_run_going_on() { [ -e "$state/lock" ] && ! flock -n -s "$state/lock" true; }

# who holds the lock, or held it last
owner() { head -c 64 "$state/owner" 2>/dev/null; }
last_job() { find "$state" -maxdepth 1 -name 'job.*' -type d -printf '%T@ %f\n' 2>/dev/null | sort -n | sed -n '$s/^[^ ]* job\.//p'; }

# a change that neither ended nor was given back
is_half_done() { [ -d "$state/undo" ] || [ -e "$state/removing" ]; }
