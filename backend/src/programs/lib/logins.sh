# shellcheck shell=sh disable=SC2154
# A password that was refused is not tried again for a while. Where somebody asks now it may be right again.

forget_refused_logins() {
	[ -n "$(find "$root/var/lib/postfix" -maxdepth 1 -name 'email_gateway_logins.*' 2>/dev/null)" ] || return 0
	rm -f "$root"/var/lib/postfix/email_gateway_logins.*
	postfix reload >/dev/null 2>&1 && sleep 1
}
