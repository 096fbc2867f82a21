# shellcheck shell=sh disable=SC2034,SC2154
# Postfix runs, with what was just written.

# these keys are read at a start only: a reload leaves the old sockets, folders or environment in place
read_at_start() {
	postconf -h inet_interfaces inet_protocols queue_directory mail_owner setgid_group import_environment \
		alternate_config_directories multi_instance_enable 2>/dev/null
}

start_service() {
	begin service
	log_from=$(wc -c 2>/dev/null <"$mail_log") || log_from=0
	if has_systemd && ! is_enabled; then systemctl -q enable postfix; fi
	if ! is_running; then
		service_do start
	elif needs_reload; then
		without_lock postfix reload || fail configuration_refused output "$(last_output)"
	else
		service_do restart
	fi
	until_within 40 is_running || fail postfix_did_not_start output "$(start_words)"
	{ keep_waiting_mail && keep_caps; } || fail configuration_refused output "$(last_output)"
	keep_doors || fail firewall_refused output "$(last_output)"
	finish
}
# What only needs a reload keeps its sockets, so they must be the right ones. The rest is restarted, as is another
# configuration than ours.
needs_reload() {
	listens_right && { [ "$fresh" = yes ] || { [ -n "$old_generation" ] && [ "$was_read_at_start" = "$(read_at_start)" ]; }; }
}
# what systemd said, then what Postfix has written into its log since this step began
start_words() {
	{ last_output; tail -c "+$((log_from + 1))" "$mail_log" 2>/dev/null | tail -n 5; } | head -c 600
}
# until_within TRIES COMMAND: tries it each quarter of a second
until_within() {
	tries=0
	until "$2"; do
		tries=$((tries + 1))
		[ $tries -le "$1" ] || return 1
		sleep 0.25
	done
}
