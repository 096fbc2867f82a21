# shellcheck shell=sh disable=SC2034,SC2154
# One run at a time: whoever holds this lock may change the server. It lies in /run, where nothing outlives a reboot, and
# outside of the folder of our state, which may be removed under it. Not in /run/lock: every user may write there, and
# one who is there first holds everybody off.
lock=$root/run/email-gateway.lock
# Former versions took this one. A run of theirs may go on when ours begins, and their waiting-mail.sh minds no other: it
# is taken, too, until an apply has replaced that.
former_lock=$state/lock

is_held() { [ -e "$1" ] && ! flock -n -s "$1" true; }
is_run_going_on() { is_held "$lock" || is_held "$former_lock"; }
