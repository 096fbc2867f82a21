# shellcheck shell=sh disable=SC2154
# Loads the table of closed side doors, and takes it away.

leave_doors() {
	if has_systemd && [ -f "$root/etc/systemd/system/$doors_unit" ]; then
		systemctl -q disable --now "$doors_unit" 2>/dev/null
		rm -f "$root/etc/systemd/system/$doors_unit"
		systemctl daemon-reload
	fi
	# what comes once a minute loads no table that has gone
	rm -f "$doors_program" "$root/etc/cron.d/email-gateway-doors"
	nft delete table inet email_gateway 2>/dev/null
	rm -f "$doors_loaded"
}

# What is right stays as it is, with its counts. Else first without systemd, whose words would hide those of nft.
keep_doors() {
	[ -f "$doors_program" ] || return 0
	! are_doors_kept || return 0
	sh "$doors_program" || return 1
	has_systemd || return 0
	systemctl daemon-reload && systemctl -q enable "$doors_unit" && systemctl restart "$doors_unit"
}
