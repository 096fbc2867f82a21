# shellcheck shell=sh disable=SC2034,SC2154
# First part of every detached run: events, result, packages, service. Runs under the lock of start.sh (fd 9).
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
trap '' HUP
job=$1
state=/var/lib/email-gateway
payload=/run/email-gateway/payload
here=$state/job.$job
log=$here/log
mail_log=/var/log/email-gateway/mail.log
said=/run/email-gateway/said
current=''
saved_queue=''
# yes: apt's scripts are to see an empty /var/spool
spool_aside=no
step_from=0

# details: name and value pairs, values in base64
details() {
	while [ $# -gt 1 ]; do
		printf ' %s %s' "$1" "$(printf '%s' "$2" | tail -c 600 | base64 -w0)"
		shift 2
	done
}

# event PHASE STEP [name value]…
event() {
	event_phase=$1
	event_step=$2
	shift 2
	echo "$(($(wc -l <"$log") + 1)) $event_phase $event_step$(details "$@")" >>"$log"
}

begin() {
	check_cancel
	current=$1
	step_from=$(wc -c 2>/dev/null <"$here/output") || step_from=0
	event started "$1"
}

finish() {
	event finished "$current" "$@"
	current=''
}

# result WORDS [name value]…: the last thing a run does; it tells where mail was saved, too
result() {
	result_words=$1
	shift
	[ -z "$saved_queue" ] || set -- "$@" savedQueue "$saved_queue"
	rm -f $state/room "$log_room" "$here/room"
	echo "result $result_words$(details "$@")" >"$here/result.new"
	sync "$here/result.new"
	mv "$here/result.new" "$here/result"
	rm -rf /run/email-gateway
	find $state -maxdepth 1 -name 'job.*' -mtime +7 ! -name "job.$job" -exec rm -rf {} +
	exit 0
}

# fail CODE [name value]…: gives everything back, then ends. A full disk makes everything fail, each in its own words:
# it is told as what it is.
fail() {
	case $1 in
	managed_by_another_site | mail_waiting | package_system_busy) ;;
	*)
		full=$(full_place 1024 16)
		# shellcheck disable=SC2086 # name and value pairs
		[ -z "$full" ] || set -- disk_full $full
		;;
	esac
	fail_code=$1
	shift
	[ -z "$current" ] || event failed "$current" "$@"
	give_back
	result "failed $fail_code $changed" "$@"
}

free_kib() { df -Pk /usr /var /etc 2>/dev/null | awk 'NR > 1 { if (min == "" || $4 < min) min = $4 } END { print min }'; }

# Every file system that a run or the package system writes to: /var/log is often one of its own.
written='/usr /var /etc /var/log /var/lib /var/lib/dpkg /var/cache /var/spool /etc/postfix /var/spool/postfix'
log_room=/var/log/.email-gateway-room

# full_place KIB INODES: the first place with less room than that, as a detail of disk_full; nothing where all have it. A
# file system that counts no inodes tells a total of 0.
full_place() {
	# shellcheck disable=SC2086
	df -Pk $written 2>/dev/null | awk -v least="$1" 'NR > 1 && $4 + 0 < least { print "where", $6, "freeKib", $4, "neededKib", least; exit }' |
		grep . || df -Pi $written 2>/dev/null | awk -v least="$2" 'NR > 1 && $2 + 0 > 0 && $4 + 0 < least { print "where", $6, "freeInodes", $4, "neededInodes", least; exit }'
}

check_cancel() {
	[ -e "$here/cancel" ] || return 0
	give_back
	result "cancelled $changed"
}

# undoes what this run did; sets $changed to what that means for the server
give_back() {
	changed=nothing
	rm -rf $state/room $log_room $state/undo.new
	[ -d $state/undo ] || return 0
	event started undo
	if restore $state/undo all; then
		forget $state/undo
		event finished undo
		changed=undone
		return 0
	fi
	# where none was before, no password stays behind in what could not be given back
	[ -d $state/origin ] || rm -f /etc/postfix/gateway-*/sasl_passwd
	event failed undo reason "$restore_problem"
	result 'failed undo_incomplete unknown' reason "$restore_problem" output "$(last_output)"
}

# removes a folder so that a crash never leaves half of it under its name
forget() {
	rm -rf "$1.old"
	mv "$1" "$1.old" && rm -rf "$1.old"
}

# on_disk PATH…: all below is on the disk. Not `sync -f`, which would wait for everything that apt has just fetched, too.
on_disk() { find "$@" \( -type f -o -type d \) -exec sync {} +; }

# heard COMMAND…: runs it; where it fails its own words are kept apart, so that they are what is told
heard() {
	"$@" >$said 2>&1
	heard_code=$?
	cat $said
	[ $heard_code -ne 0 ] || : >$said
	return $heard_code
}

# The words of what failed: those of the last command that was heard, or what this step has printed. From the first
# complaint on, for apt tells its plan before it.
last_output() {
	if [ -s $said ]; then cat $said; else tail -c "+$((step_from + 1))" "$here/output" 2>/dev/null | tail -n 12; fi |
		tr -d '\000-\010\013-\037' | grep -v '^debconf: \|^(Reading database' >/run/email-gateway/words
	words=$(awk '/^(E|Err[:0-9]*|W|dpkg|sh|mv|cp|rm|mkdir): |[Hh]eld packages|unmet dependencies|No space left|[Ff]ailed|cannot/ { on = 1 } on' \
		/run/email-gateway/words | head -c 600)
	[ -n "$words" ] || words=$(tail -c 600 /run/email-gateway/words)
	printf '%s' "$words"
}

package_state() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || echo not-installed; }
is_installed() { [ "$(package_state "$1")" = installed ]; }

# is_whole PACKAGE: all that it has put where it works is still there, and sendmail is that of Postfix
is_whole() {
	dpkg -L "$1" 2>/dev/null | grep -E '^/(etc/postfix|usr/lib|lib|usr/sbin|usr/share/postfix)/' | while IFS= read -r path; do
		[ -e "$path" ] || [ -L "$path" ] || exit 1
	done && { [ "$1" != postfix ] || is_postfix_sendmail; }
}
# neither a file of somebody's nor a link to another program
is_postfix_sendmail() (cd / && grep ' usr/sbin/sendmail$' /var/lib/dpkg/info/postfix.md5sums 2>/dev/null | md5sum -c --status 2>/dev/null)

apt_get() { heard apt_get_itself "$@"; }
apt_get_itself() (
	umask 022
	# apt's caches take more room than all packages here; it does without them
	[ "$(free_kib)" -ge 131072 ] || set -- -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
	export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none
	set -- apt-get -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
		-o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef "$@"
	# shellcheck disable=SC2016 # read by the inner shell
	[ "$spool_aside" = no ] || set -- unshare -m sh -c 'mount -t tmpfs tmpfs /var/spool && exec "$@"' sh "$@"
	exec "$@" </dev/null
)

# fetch ARGUMENTS of apt_get…: the locks of its lists and of its archives are none that apt waits for by itself
fetch() {
	fetching_since=$(date +%s)
	until apt_get "$@"; do
		grep -q 'Could not get lock\|Unable to lock' $said && [ $(($(date +%s) - fetching_since)) -lt 300 ] || return 1
		sleep 3
		check_cancel
	done
}

# also where only its journal tells: apt refuses everything then
was_dpkg_interrupted() { [ -n "$(dpkg --audit 2>/dev/null)" ] || [ -n "$(ls /var/lib/dpkg/updates 2>/dev/null)" ]; }

# waits for whoever holds the lock as long as apt does: what looks interrupted may just be going on
configure_pending() (
	umask 022
	waited=0
	until DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confold --force-confdef </dev/null; do
		tail -n 4 "$here/output" | grep -q 'locked by another process' && [ $waited -lt 300 ] || exit 1
		waited=$((waited + 5))
		sleep 5
	done
)

has_systemd() { [ -d /run/systemd/system ]; }

# service start|stop|restart: a daemon started here must not keep the lock
service_do() {
	if has_systemd; then
		heard systemctl "$1" postfix </dev/null 9>&-
	elif [ "$1" = restart ]; then
		postfix stop </dev/null 9>&-
		postfix start </dev/null 9>&-
	else
		postfix "$1" </dev/null 9>&-
	fi
	[ "$1" != stop ] || wait_until_stopped
}

# On Debian 12 postfix.service is an empty shell around postfix@-.service: systemctl returns before that has ended,
# and the queue would still move under a copy of it.
wait_until_stopped() {
	waited=0
	while is_running && [ $waited -lt 80 ]; do
		waited=$((waited + 1))
		sleep 0.25
	done
	return 0
}

# not `postfix status`: it would add a line to the mail log each time
is_running() {
	[ -r /var/spool/postfix/pid/master.pid ] &&
		[ "$(cat "/proc/$(tr -d ' ' </var/spool/postfix/pid/master.pid)/comm" 2>/dev/null)" = master ]
}

# where the master of Postfix listens, `ADDRESS:PORT` in hexadecimal: what others listen on is theirs
listening() {
	own=$(find "/proc/$(tr -d ' ' </var/spool/postfix/pid/master.pid)/fd" -lname 'socket:*' -printf '%l ' 2>/dev/null)
	awk -v own=" $own" '$4 == "0A" && index(own, " socket:[" $10 "] ") { print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}
# port 25 of loopback and nothing else, whatever asked for it
listens_right() {
	listening | grep -qx '0100007F:0019' && ! listening | grep -vqx '0100007F:0019\|00000000000000000000000001000000:0019'
}

is_enabled() {
	if has_systemd; then
		systemctl -q is-enabled postfix 2>/dev/null
	else
		ls /etc/rc2.d/S*postfix >/dev/null 2>&1
	fi
}

# units of Postfix that somebody has masked, `UNIT /etc|/run`
masked_units() {
	for unit in postfix.service postfix@-.service postfix@.service; do
		for where in /etc /run; do
			[ "$(readlink "$where/systemd/system/$unit")" != /dev/null ] || echo "$unit $where"
		done
	done
}
# each_masked FOLDER COMMAND…: runs it with the path of each unit that was masked when that snapshot was taken
each_masked() {
	[ -s "$1/masked" ] || return 0
	masked_list=$1/masked
	shift
	while IFS=' ' read -r unit where; do
		"$@" "$where/systemd/system/$unit" || return 1
	done <"$masked_list"
	! has_systemd || systemctl daemon-reload
}
mask() { [ -e "$1" ] || [ -L "$1" ] || ln -s /dev/null "$1"; }

queue_files() {
	find /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active \
		/var/spool/postfix/deferred /var/spool/postfix/hold -type f 2>/dev/null
}
queue_size() { queue_files | wc -l; }
# held by a person: it waits until a person lets go of it
held_size() { find /var/spool/postfix/hold -type f 2>/dev/null | wc -l; }
