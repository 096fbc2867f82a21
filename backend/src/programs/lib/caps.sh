# shellcheck shell=sh disable=SC2154
# What counts for the caps on the server: started with the gateway, and gone where nobody has a cap.

caps_program=$root/usr/local/sbin/email-gateway-caps
caps_unit=email-gateway-caps.service
caps_state=$root/var/lib/email-gateway-caps

# before Postfix reads them: a table that is not there would put all mail off
make_caps_tables() {
	[ -f "$caps_program" ] || return 0
	mkdir -p "$caps_state" && chmod 0755 "$caps_state" || return 1
	[ -f "$caps_state/header_checks" ] || : | write_file "$caps_state/header_checks" 0644 || return 1
	[ -f "$caps_state/put-off" ] || : | write_file "$caps_state/put-off" 0644 || return 1
	[ -f "$caps_state/at-door" ] || echo ' ' | write_file "$caps_state/at-door" 0644
}

leave_caps() {
	if has_systemd && [ -f "$root/etc/systemd/system/$caps_unit" ]; then
		systemctl -q disable --now "$caps_unit" 2>/dev/null
		rm -f "$root/etc/systemd/system/$caps_unit"
		systemctl daemon-reload
	fi
	rm -f "$caps_program" "$root/etc/cron.d/email-gateway-caps"
}

keep_caps() {
	[ -f "$caps_program" ] || return 0
	make_caps_tables || return 1
	has_systemd || return 0
	systemctl daemon-reload && systemctl -q enable "$caps_unit" && systemctl restart "$caps_unit"
}
