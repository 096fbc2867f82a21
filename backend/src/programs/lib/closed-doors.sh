# shellcheck shell=sh disable=SC2154
# Whose side doors are closed, by nftables (gateway/doors.sh). Changes nothing.

doors_program=$root/usr/local/sbin/email-gateway-doors
doors_unit=email-gateway-doors.service
doors_loaded=$root/run/email-gateway-doors

# whether the table is as the program loaded it, and is loaded at the next start, too
are_doors_kept() {
	[ -f "$doors_program" ] && [ -f "$doors_loaded" ] || return 1
	! has_systemd || systemctl -q is-enabled "$doors_unit" 2>/dev/null || return 1
	{ sha256sum <"$doors_program"; nft -s list table inet email_gateway; } 2>/dev/null | cmp -s - "$doors_loaded"
}

# refused_door UID SINCE TIMES: what was refused since the table was loaded (seconds since the epoch)
closed_doors() {
	[ -f "$doors_program" ] || return 0
	! are_doors_kept || echo 'doors_kept yes'
	doors_since=$(stat -c %Y "$doors_loaded" 2>/dev/null) || return 0
	nft list table inet email_gateway 2>/dev/null | awk -v since="$doors_since" '
		$1 == "counter" && $2 ~ /^of_[0-9]+$/ { uid = substr($2, 4) }
		uid != "" && $1 == "packets" { print "refused_door", uid, since, $2; uid = "" }' | head -n 1000
}
