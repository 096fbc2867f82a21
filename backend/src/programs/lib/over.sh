# shellcheck shell=sh disable=SC2154
# Who is over their cap, as email-gateway-caps counts it (gateway/caps.sh). Changes nothing.

caps_lines() { cat "$root/var/lib/email-gateway-caps/state" 2>/dev/null; }
# of whose mail the caps hold some
users_over() { caps_lines | awk '$1 == "u" && ($10 > 0 || $11 != "-" || $14 != "-") { print $2 }'; }

# `over UID WHY SINCE now|before HOUR DAY REFUSED HELD FIRST`: who is held now, or whose first held message is there still
over_facts() {
	caps_lines | awk '$1 == "u" && ($11 != "-" || $14 != "-") {
		print $2, $15, $12, ($11 == "-" ? "before" : "now"), $4, $8, $6, $13, $14
	}' | head -n 1000 | while IFS=' ' read -r uid why since when rest; do
		[ "$when" = now ] || [ -e "$spool/hold/${rest##* }" ] || continue
		echo "over $uid $why $since $when $rest"
	done
}
