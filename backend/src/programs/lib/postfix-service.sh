# shellcheck shell=sh disable=SC2154
# Starting and stopping Postfix, and its units.

# service_do start|stop|restart
service_do() {
	if has_systemd; then
		without_lock heard systemctl "$1" postfix
	elif [ "$1" = restart ]; then
		without_lock postfix stop
		without_lock postfix start
	else
		without_lock postfix "$1"
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

# where the master of Postfix listens, `ADDRESS:PORT` in hexadecimal: what others listen on is theirs
listening() { sockets | sed -n 's/^listens \([^ ]*\) /\1:/p'; }
# port 25 of loopback and nothing else, whatever asked for it
listens_right() {
	listening | grep -qx '0100007F:0019' && ! listening | grep -vqx '0100007F:0019\|00000000000000000000000001000000:0019'
}

# each_masked FOLDER COMMAND…: runs it with the path of each unit that was masked when that snapshot was taken
each_masked() {
	[ -s "$1/masked" ] || return 0
	masked_list=$1/masked
	shift
	while IFS=' ' read -r unit where; do
		"$@" "$root$where/systemd/system/$unit" || return 1
	done <"$masked_list"
	! has_systemd || systemctl daemon-reload
}
mask() { [ -e "$1" ] || [ -L "$1" ] || ln -s /dev/null "$1"; }

# What looks after waiting mail is stopped before anything is given back, and started again where it was there before.
units=$root/etc/systemd/system
waiting_timer=email-gateway-waiting.timer
leave_waiting_mail() {
	if has_systemd && [ -f "$units/$waiting_timer" ]; then
		systemctl -q disable --now "$waiting_timer" 2>/dev/null
		rm -f "$units/$waiting_timer" "$units/email-gateway-waiting.service"
		systemctl daemon-reload
	fi
	rm -f "$root/usr/local/sbin/email-gateway-waiting"
}
keep_waiting_mail() {
	has_systemd || return 0
	systemctl daemon-reload && systemctl -q enable "$waiting_timer" && systemctl restart "$waiting_timer"
}
